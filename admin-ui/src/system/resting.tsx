import { Table, Text } from '@mantine/core'
import type { System } from '@posthorn/sdk'
import { CirclePause, Gauge, Radar } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { Countdown } from '../time/countdown.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import { Section } from './section.tsx'
import { SubscriptionLink } from './subscription-link.tsx'
import classes from './system.module.css'

const looks = {
  open: { icon: CirclePause, tone: 'waiting' },
  probing: { icon: Radar, tone: 'info' },
  closed: { icon: Gauge, tone: 'waiting' },
} as const

/** Whose endpoints are let alone for a while because they fail. */
export function Resting({ resting }: Pick<System, 'resting'>) {
  const { resting: t } = useMessages().system
  const { none } = useMessages().common
  return (
    <Section title={t.title}>
      {resting.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.none}
        </Text>
      ) : (
        <Table layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.columns.subscription}</Table.Th>
              <Table.Th>{t.columns.state}</Table.Th>
              <Table.Th className={classes['narrow']}>{t.columns.until}</Table.Th>
              <Table.Th className={classes['narrow']}>{t.columns.underWay}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {resting.map(({ subscriptionId, breaker, restsUntil, underWay }) => (
              <Table.Tr key={subscriptionId}>
                <Table.Td className={classes['cut']}>
                  <SubscriptionLink
                    id={subscriptionId}
                    organisationId={null}
                    name={subscriptionId}
                  />
                </Table.Td>
                <Table.Td>
                  <StatusLabel {...looks[breaker]} label={t.breakers[breaker]} />
                </Table.Td>
                <Table.Td className={classes['narrow']}>
                  {restsUntil === null ? none : <Countdown until={restsUntil} past={t.now} />}
                </Table.Td>
                <Table.Td className={classes['narrow']}>{underWay}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}

import { Table, Text } from '@mantine/core'
import type { System } from '@posthorn/sdk'
import { useOrganisationNames } from '../filter/use-organisation-names.ts'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Section } from './section.tsx'
import { SubscriptionLink } from './subscription-link.tsx'
import classes from './system.module.css'

export function MostWaiting({ mostWaiting }: Pick<System, 'mostWaiting'>) {
  const { mostWaiting: t } = useMessages().system
  const nameOf = useOrganisationNames()
  const { data, estimated } = mostWaiting
  return (
    <Section title={t.title} note={estimated && t.estimated}>
      {data.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.none}
        </Text>
      ) : (
        <Table layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.columns.subscription}</Table.Th>
              <Table.Th visibleFrom="xs">{t.columns.organisation}</Table.Th>
              <Table.Th className={classes['narrow']}>{t.columns.waiting}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map(({ subscriptionId, organisationId, url, waiting }) => (
              <Table.Tr key={subscriptionId}>
                <Table.Td className={classes['cut']}>
                  <SubscriptionLink
                    id={subscriptionId}
                    organisationId={organisationId}
                    name={url ?? t.gone}
                  />
                </Table.Td>
                <Table.Td className={classes['cut']} visibleFrom="xs">
                  {organisationId === null ? t.platform : nameOf(organisationId)}
                </Table.Td>
                <Table.Td className={classes['narrow']}>{number(waiting)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}

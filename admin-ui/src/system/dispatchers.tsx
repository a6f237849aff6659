import { Alert, Badge, Group, Table, Text } from '@mantine/core'
import type { System } from '@posthorn/sdk'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { Countdown } from '../time/countdown.tsx'
import { Time } from '../time/time.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import { describeBuckets } from './bucket-ranges.ts'
import { BucketStrip } from './bucket-strip.tsx'
import { Section } from './section.tsx'
import classes from './system.module.css'

type Props = Pick<System, 'dispatchers' | 'unownedBuckets'>

export function Dispatchers({ dispatchers, unownedBuckets }: Props) {
  const { dispatchers: t } = useMessages().system
  const { columns } = t
  return (
    <Section title={t.title}>
      {unownedBuckets.length > 0 && (
        <Alert
          icon={<TriangleAlert />}
          color="red"
          variant="light"
          title={t.unownedTitle(unownedBuckets.length)}
        >
          {t.unownedText(describeBuckets(unownedBuckets))}
        </Alert>
      )}
      {dispatchers.length === 0 ? (
        <Text size="sm">{t.none}</Text>
      ) : (
        <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} aria-label={t.title}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{columns.process}</Table.Th>
                <Table.Th>{columns.state}</Table.Th>
                <Table.Th>{columns.buckets}</Table.Th>
                <Table.Th>{columns.started}</Table.Th>
                <Table.Th>{columns.lease}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {dispatchers.map((dispatcher) => (
                <Dispatcher key={dispatcher.id} {...dispatcher} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  )
}

function Dispatcher(dispatcher: System['dispatchers'][number]) {
  const { dispatchers: t } = useMessages().system
  const { host, pid, alive, here, buckets, startedAt, leaseUntil } = dispatcher
  const look = alive
    ? ({ icon: CircleCheck, tone: 'good', label: t.alive } as const)
    : ({ icon: CircleX, tone: 'bad', label: t.lost } as const)
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <Text size="sm" ff="monospace">
            {`${host}:${pid}`}
          </Text>
          {here && (
            <Badge size="sm" variant="light" flex="none">
              {t.here}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        <StatusLabel {...look} />
      </Table.Td>
      <Table.Td>
        <BucketStrip buckets={buckets} />
      </Table.Td>
      <Table.Td>
        <Time value={startedAt} />
      </Table.Td>
      <Table.Td className={classes['number'] ?? ''}>
        <Countdown until={leaseUntil} past={t.leaseOver} />
      </Table.Td>
    </Table.Tr>
  )
}

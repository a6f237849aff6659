import { Alert, Badge, Group, Stack, Text } from '@mantine/core'
import type { System } from '@posthorn/sdk'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { Countdown } from '../time/countdown.tsx'
import { TimeText } from '../time/time.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import { describeBuckets } from './bucket-ranges.ts'
import { BucketStrip } from './bucket-strip.tsx'
import { Section } from './section.tsx'
import classes from './system.module.css'

type Props = Pick<System, 'dispatchers' | 'unownedBuckets'>

export function Dispatchers({ dispatchers, unownedBuckets }: Props) {
  const { dispatchers: t } = useMessages().system
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
      {dispatchers.length === 0 && <Text size="sm">{t.none}</Text>}
      <Stack component="ul" gap="sm" className={classes['list'] ?? ''}>
        {dispatchers.map((dispatcher) => (
          <Dispatcher key={dispatcher.id} {...dispatcher} />
        ))}
      </Stack>
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
    <li className={classes['dispatcher']}>
      <Stack gap={2} miw={0}>
        <Group gap="xs">
          <StatusLabel {...look} />
          <Text size="sm" ff="monospace">
            {`${host}:${pid}`}
          </Text>
          {here && (
            <Badge size="sm" variant="light">
              {t.here}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed" className={classes['number'] ?? ''}>
          {t.started} <TimeText value={startedAt} />
          {t.lease} <Countdown until={leaseUntil} past={t.leaseOver} />
        </Text>
      </Stack>
      <BucketStrip buckets={buckets} />
    </li>
  )
}

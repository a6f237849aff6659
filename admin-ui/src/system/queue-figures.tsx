import { Text } from '@mantine/core'
import type { System } from '@posthorn/sdk'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import { Section } from './section.tsx'
import classes from './system.module.css'

export function QueueFigures({ queue }: { queue: System['queue'] }) {
  const { queue: t } = useMessages().system
  const { none } = useMessages().common
  const { pending, capped, due, scheduled, held, oldestDueSeconds } = queue
  const total = number(pending)
  const figures = [
    [t.pending, capped ? t.atLeast(total) : total],
    [t.due, number(due)],
    [t.scheduled, number(scheduled)],
    [t.held, number(held)],
    [t.oldest, oldestDueSeconds === null ? none : describeDuration(oldestDueSeconds * 1000)],
  ] as const
  return (
    <Section title={t.title} note={capped && t.capped}>
      <dl className={classes['figures']}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <Text component="dd" m={0} fz="h3" fw={650} className={classes['number'] ?? ''}>
              {value}
            </Text>
          </div>
        ))}
      </dl>
    </Section>
  )
}

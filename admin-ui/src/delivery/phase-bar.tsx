import { Box, Text } from '@mantine/core'
import type { Attempt } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import classes from './attempt-panel.module.css'
import { phasesOf, reusedConnection } from './phases.ts'

/** Where the time of an attempt went, drawn and in figures. */
export function PhaseBar({ attempt }: { attempt: Attempt }) {
  const t = useMessages().delivery.attempt
  const phases = phasesOf(attempt)
  return (
    <Box role="group" aria-label={t.phases}>
      <div className={classes['bar']} aria-hidden="true">
        {phases.map(({ kind, ms }) => (
          <span key={kind} className={classes[kind]} style={{ flexGrow: Math.max(ms, 0.01) }} />
        ))}
      </div>
      <dl className={classes['legend']}>
        {phases.map(({ kind, ms }) => (
          <div key={kind}>
            <span className={`${classes['swatch']} ${classes[kind]}`} aria-hidden="true" />
            <dt>{t.segments[kind]}</dt>
            <dd>{describeDuration(ms)}</dd>
          </div>
        ))}
      </dl>
      {reusedConnection(attempt) && (
        <Text size="xs" c="dimmed">
          {t.reused}
        </Text>
      )}
    </Box>
  )
}

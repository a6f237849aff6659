import { UnstyledButton } from '@mantine/core'
import type { Attempt, DeliveryDetail } from '@posthorn/sdk'
import { CircleCheck, CircleDashed, CircleDot, CircleX, Inbox } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { ClockTime } from '../time/clock-time.tsx'
import { describeDuration } from '../time/duration.ts'
import classes from './attempt-timeline.module.css'
import { type TimelineEntry, timelineOf } from './timeline.ts'

interface Props {
  delivery: DeliveryDetail
  attempts: readonly Attempt[]
  chosen: number | undefined
  onAttempt(attempt: number): void
}

/** What happened and what is planned, first to last; an attempt is chosen by a click. */
export function AttemptTimeline({ delivery, attempts, chosen, onAttempt }: Props) {
  return (
    <ol className={classes['timeline']}>
      {timelineOf(delivery, attempts).map((entry) => (
        <Entry
          key={entry.kind === 'attempt' ? entry.attempt.number : `${entry.kind}${entry.at}`}
          entry={entry}
          chosen={chosen}
          onAttempt={onAttempt}
        />
      ))}
    </ol>
  )
}

interface EntryProps extends Pick<Props, 'chosen' | 'onAttempt'> {
  entry: TimelineEntry
}

function Entry({ entry, chosen, onAttempt }: EntryProps) {
  const t = useMessages().delivery.timeline
  switch (entry.kind) {
    case 'received':
      return (
        <li className={classes['entry']}>
          <Inbox size={16} className={classes['icon']} aria-hidden="true" />
          <Row title={t.received} at={entry.at} />
        </li>
      )
    case 'attempt':
      return <AttemptEntry entry={entry} chosen={chosen} onAttempt={onAttempt} />
    case 'next':
      return (
        <li className={classes['entry']}>
          <CircleDot size={16} className={`${classes['icon']} ${classes['waiting']}`} aria-hidden />
          <Row title={t.attempt(entry.number)} at={entry.at} detail={t.scheduled} />
        </li>
      )
    case 'later':
      return (
        <li className={`${classes['entry']} ${classes['later']}`}>
          <CircleDashed size={16} className={classes['icon']} aria-hidden="true" />
          <Row
            title={t.attempt(entry.number)}
            at={entry.at}
            detail={t.afterWait(describeDuration(entry.waitMs))}
          />
        </li>
      )
  }
}

function AttemptEntry({
  entry: { attempt, at, waitMs },
  chosen,
  onAttempt,
}: Pick<Props, 'chosen' | 'onAttempt'> & { entry: TimelineEntry & { kind: 'attempt' } }) {
  const t = useMessages()
  const { number, outcome, response, durationMs, trigger } = attempt
  const good = outcome === 'succeeded'
  const Icon = good ? CircleCheck : CircleX
  const result = response ? String(response.statusCode) : (t.outcomes[outcome] ?? outcome)
  const facts = [
    describeDuration(durationMs),
    trigger !== 'event' && (t.triggers[trigger] ?? trigger),
    waitMs >= 1000 && t.delivery.timeline.afterWait(describeDuration(waitMs)),
  ]
  return (
    <li className={classes['entry']}>
      <Icon
        size={16}
        className={`${classes['icon']} ${classes[good ? 'good' : 'bad']}`}
        aria-hidden="true"
      />
      <UnstyledButton
        className={classes['attempt'] ?? ''}
        aria-current={number === chosen ? 'true' : undefined}
        onClick={() => onAttempt(number)}
      >
        <Row
          title={t.delivery.timeline.attempt(number)}
          result={result}
          tone={good ? 'good' : 'bad'}
          at={at}
          detail={facts.filter(Boolean).join(' · ')}
        />
      </UnstyledButton>
    </li>
  )
}

interface RowProps {
  title: string
  at: string
  result?: string
  tone?: 'good' | 'bad'
  detail?: string
}

function Row({ title, at, result, tone = 'good', detail }: RowProps) {
  return (
    <span className={classes['row']}>
      <span className={classes['line']}>
        <span>
          {title}
          {result && <b className={classes[tone]}> {result}</b>}
        </span>
        <span className={classes['time']}>
          <ClockTime value={at} />
        </span>
      </span>
      {detail && <span className={classes['detail']}>{detail}</span>}
    </span>
  )
}

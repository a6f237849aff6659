import { Text } from '@mantine/core'
import type { FailureGroup } from '@posthorn/sdk'
import { CircleX, RotateCw } from 'lucide-react'
import type { Column } from '../grid/columns.ts'
import { number } from '../messages/number.ts'
import type { Messages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { StatusLabel } from '../ui/status-label.tsx'
import { failureWords } from './failure-words.ts'

/** Given up, at least some of it; or still tried again. */
export function FailureLabel({ group, t }: { group: FailureGroup; t: Messages }) {
  const look =
    group.failed > 0
      ? ({ icon: CircleX, tone: 'bad' } as const)
      : ({ icon: RotateCw, tone: 'waiting' } as const)
  return <StatusLabel {...look} label={failureWords(group, t)} />
}

export function groupColumns(
  t: Messages,
  nameOf: (subscriptionId: string) => string,
): Column<FailureGroup>[] {
  const names = t.failures.columns
  return [
    {
      id: 'error',
      header: names.error,
      width: 'minmax(10rem, 1.6fr)',
      render: (group) => <FailureLabel group={group} t={t} />,
    },
    {
      id: 'detail',
      header: names.detail,
      width: 'minmax(8rem, 1.5fr)',
      gridWidthMin: 1240,
      render: ({ error }) => dimmed(error ?? t.common.none),
    },
    {
      id: 'subscription',
      header: names.subscription,
      width: 'minmax(8rem, 1.2fr)',
      render: ({ subscriptionId }) => nameOf(subscriptionId),
    },
    {
      id: 'failed',
      header: names.failed,
      width: '5rem',
      align: 'end',
      render: ({ failed }) => number(failed),
    },
    {
      id: 'pending',
      header: names.pending,
      width: '5.5rem',
      align: 'end',
      render: ({ pending }) => number(pending),
    },
    {
      id: 'eventTypes',
      header: names.eventTypes,
      width: 'minmax(8rem, 1fr)',
      gridWidthMin: 860,
      render: ({ eventTypes }) => describeTypes(eventTypes, t),
    },
    {
      id: 'first',
      header: names.first,
      width: '10.25rem',
      gridWidthMin: 1240,
      render: ({ oldestAt }) => <TimeText value={oldestAt} />,
    },
    {
      id: 'last',
      header: names.last,
      width: '10.25rem',
      render: ({ newestAt }) => <TimeText value={newestAt} />,
    },
  ]
}

function dimmed(text: string) {
  return (
    <Text component="span" size="sm" c="dimmed" title={text}>
      {text}
    </Text>
  )
}

function describeTypes([first, ...others]: readonly string[], t: Messages): string {
  if (first === undefined) return t.common.none
  return others.length === 0 ? first : `${first} ${t.failures.moreTypes(others.length)}`
}

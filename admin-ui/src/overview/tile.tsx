import { Group, Paper, Skeleton, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { CircleHelp, Minus, TrendingDown, TrendingUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { describeProblem } from '../ui/describe-problem.ts'
import type { Change } from './describe-change.ts'
import classes from './tile.module.css'

interface Props {
  label: string
  /** What the figure counts, on hover and focus. */
  definition: string
  /** Undefined while it is not known. */
  value: string | undefined
  error?: unknown
  change?: Change | undefined
  /** Which direction is good news; neither for what is only more or less. */
  good?: 'up' | 'down'
  note?: ReactNode
}

export function Tile({ label, definition, value, error, change, good, note }: Props) {
  const t = useMessages()
  return (
    <Paper withBorder p={{ base: 'xs', sm: 'md' }} miw={0}>
      <Group gap={2} wrap="nowrap">
        <Text size="sm" c="dimmed" truncate>
          {label}
        </Text>
        <Tooltip label={definition} multiline w={280} events={hoverAndFocus}>
          <UnstyledButton className={classes['why']} aria-label={t.overview.whatIs(label)}>
            <CircleHelp size={14} aria-hidden="true" />
          </UnstyledButton>
        </Tooltip>
      </Group>
      <TileValue value={value} error={error} />
      <Text size="xs" c="dimmed" component="div" className={classes['note'] ?? ''}>
        {value !== undefined && change && <ChangeText change={change} good={good} />}
        {value !== undefined && note}
      </Text>
    </Paper>
  )
}

const hoverAndFocus = { hover: true, focus: true, touch: true }

function TileValue({ value, error }: Pick<Props, 'value' | 'error'>) {
  const t = useMessages().common
  if (value !== undefined) return <p className={classes['value']}>{value}</p>
  if (error) {
    return (
      <Text size="sm" className={classes['bad'] ?? ''}>
        {describeProblem(error, t).title}
      </Text>
    )
  }
  return <Skeleton height={22} width="60%" my={7} aria-busy="true" />
}

const icons = { up: TrendingUp, down: TrendingDown, same: Minus }

function ChangeText({ change, good }: { change: Change; good: Props['good'] }) {
  const t = useMessages().overview
  const Icon = icons[change.direction]
  const tone = good === undefined || change.direction === 'same' ? 'plain' : toneOf(change, good)
  return (
    <span className={`${classes['change']} ${classes[tone]}`} title={t.comparedWithBefore}>
      <Icon size={13} aria-hidden="true" />
      {change.text}
    </span>
  )
}

function toneOf({ direction }: Change, good: 'up' | 'down'): 'good' | 'bad' {
  return direction === good ? 'good' : 'bad'
}

import { Button } from '@mantine/core'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import classes from './log-toolbar.module.css'
import type { LiveState } from './use-live-tail.ts'

interface Props {
  state: LiveState
  paused: boolean
  newRows: string | undefined
  onToggle: () => void
}

/** Whether new deliveries come by themselves; a click stops and starts it. */
export function LivePill({ state, paused, newRows, onToggle }: Props) {
  const t = useMessages().deliveries.live
  const shown = paused && state === 'live' ? 'paused' : state
  const label = shown === 'paused' && newRows ? t.pausedWith(newRows) : t[shown]
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<span className={classes['dot']} data-state={shown} />}
      onClick={onToggle}
      title={t.toggle}
      aria-pressed={!paused}
    >
      {label}
    </Button>
  )
}

/** `12`, or `1,000+` where no more are counted. */
export function describeNew(rows: number, max: number): string | undefined {
  if (rows === 0) return undefined
  return rows > max ? `${number(max)}+` : number(rows)
}

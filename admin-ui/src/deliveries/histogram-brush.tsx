import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import classes from './histogram.module.css'

interface Props {
  intervals: number
  describe: (from: number, to: number) => string
  onPoint: (span: [number, number] | undefined) => void
  onChoose: (from: number, to: number) => void
}

/** Lies over the chart and chooses intervals: by dragging, or by keys as a slider does. */
export function HistogramBrush({ intervals, describe, onPoint, onChoose }: Props) {
  const t = useMessages().deliveries.chart
  const [span, setSpan] = useState<{ anchor: number; end: number }>()
  const [dragging, setDragging] = useState(false)
  const { anchor, end } = span ?? { anchor: intervals - 1, end: intervals - 1 }
  const [from, to] = [Math.min(anchor, end), Math.min(Math.max(anchor, end), intervals - 1)]
  const show = (next: { anchor: number; end: number } | undefined) => {
    setSpan(next)
    onPoint(next && [Math.min(next.anchor, next.end), Math.max(next.anchor, next.end)])
  }
  const at = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const index = Math.floor(((event.clientX - left) / width) * intervals)
    return Math.min(Math.max(index, 0), intervals - 1)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: end - 1,
      ArrowRight: end + 1,
      Home: 0,
      End: intervals - 1,
    }
    const move = moves[event.key]
    if (event.key === 'Enter') onChoose(from, to)
    else if (move === undefined) return
    else {
      const next = Math.min(Math.max(move, 0), intervals - 1)
      show({ anchor: event.shiftKey ? anchor : next, end: next })
    }
    event.preventDefault()
  }
  return (
    <div
      className={classes['brush']}
      role="slider"
      tabIndex={0}
      aria-label={t.label}
      aria-description={t.choose}
      aria-valuemin={0}
      aria-valuemax={intervals - 1}
      aria-valuenow={end}
      aria-valuetext={describe(from, to)}
      onKeyDown={onKeyDown}
      onFocus={() => show(span ?? { anchor: end, end })}
      onBlur={() => show(undefined)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragging(true)
        show({ anchor: at(event), end: at(event) })
      }}
      onPointerMove={(event) => {
        const index = at(event)
        show({ anchor: dragging ? anchor : index, end: index })
      }}
      onPointerUp={() => {
        if (dragging) onChoose(from, to)
        setDragging(false)
      }}
      onPointerCancel={() => setDragging(false)}
      onPointerLeave={() => !dragging && show(undefined)}
    >
      {span && (
        <div
          className={classes['span']}
          style={{
            insetInlineStart: `${(from / intervals) * 100}%`,
            width: `${((to - from + 1) / intervals) * 100}%`,
          }}
        />
      )}
    </div>
  )
}

import { useState } from 'react'
import type { MouseHandlerDataParam } from 'recharts'

/** Where on the time axis the mouse went down, and where it is. */
export function useRangeDrag(onRange: ((fromMs: number, toMs: number) => void) | undefined) {
  const [drawn, setDrawn] = useState<{ fromMs: number; toMs: number }>()
  if (!onRange) return { drawn: undefined, handlers: {} }
  const handlers = {
    onMouseDown: (at: MouseHandlerDataParam) => {
      const atMs = timeAt(at)
      if (atMs !== undefined) setDrawn({ fromMs: atMs, toMs: atMs })
    },
    onMouseMove: (at: MouseHandlerDataParam) => {
      const atMs = timeAt(at)
      if (drawn && atMs !== undefined && atMs !== drawn.toMs) setDrawn({ ...drawn, toMs: atMs })
    },
    onMouseUp: () => {
      setDrawn(undefined)
      // A click is no range.
      if (drawn && drawn.fromMs !== drawn.toMs) onRange(drawn.fromMs, drawn.toMs)
    },
    onMouseLeave: () => setDrawn(undefined),
  }
  return { drawn, handlers }
}

function timeAt({ activeLabel }: MouseHandlerDataParam): number | undefined {
  const atMs = Number(activeLabel)
  return activeLabel === undefined || Number.isNaN(atMs) ? undefined : atMs
}

import type { Replay } from '@posthorn/sdk'
import { useEffect, useState } from 'react'
import { type Pace, paceOf } from './progress.ts'

const looksMax = 10

/** How fast it goes, by the last looks at it. */
export function usePace(replay: Replay, lookedAtMs: number): Pace {
  const [looks, setLooks] = useState<{ queued: number; atMs: number }[]>([])
  const { queued, status } = replay
  useEffect(() => {
    const look = { queued, atMs: lookedAtMs }
    setLooks((before) => (status === 'running' ? [...before.slice(1 - looksMax), look] : []))
  }, [queued, status, lookedAtMs])
  return paceOf(replay, looks[0], lookedAtMs)
}

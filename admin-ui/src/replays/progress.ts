import type { Replay, ReplayDetail } from '@posthorn/sdk'

/** How many a replay is to send; undefined while nobody has counted them all. */
export function totalOf({ queued, estimate, status }: Replay): number | undefined {
  if (status === 'completed' || status === 'cancelled') return queued
  if (!estimate?.complete) return undefined
  return Math.max(estimate.willSend, queued)
}

/** Whole percent that were put into the queue: what a list knows. */
export function percentQueued(replay: Replay): number | undefined {
  if (replay.status === 'completed') return 100
  return percent(replay.queued, totalOf(replay))
}

/** Whole percent that have ended. A replay that is completed is done, although retries may go on. */
export function percentDone(replay: ReplayDetail): number | undefined {
  if (replay.status === 'completed') return 100
  return percent(replay.succeeded + replay.failed, totalOf(replay))
}

/** 0, 25, 50, 75 or 100: progress is read aloud that often. */
export function quarterOf(percent: number): number {
  return Math.floor(percent / 25) * 25
}

export interface Pace {
  queuedPerSecond: number | undefined
  leftMs: number | undefined
}

/** From two looks at a running replay: its speed, and when all will be in the queue. */
export function paceOf(
  replay: Replay,
  before: { queued: number; atMs: number } | undefined,
  nowMs: number,
): Pace {
  const seconds = before ? (nowMs - before.atMs) / 1000 : 0
  if (!before || replay.status !== 'running' || seconds <= 0) return unknown
  const queuedPerSecond = (replay.queued - before.queued) / seconds
  const total = totalOf(replay)
  if (total === undefined || queuedPerSecond <= 0) return { queuedPerSecond, leftMs: undefined }
  return { queuedPerSecond, leftMs: ((total - replay.queued) / queuedPerSecond) * 1000 }
}

const unknown: Pace = { queuedPerSecond: undefined, leftMs: undefined }

function percent(part: number, total: number | undefined): number | undefined {
  if (total === undefined) return undefined
  return total === 0 ? 0 : Math.min(100, Math.floor((part / total) * 100))
}

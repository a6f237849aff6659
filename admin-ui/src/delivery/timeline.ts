import type { Attempt, DeliveryDetail } from '@posthorn/sdk'

export type TimelineEntry =
  | { kind: 'received'; at: string }
  /** `waitMs` since what is above it ended. */
  | { kind: 'attempt'; at: string; waitMs: number; attempt: Attempt }
  | { kind: 'next'; at: string; number: number }
  | { kind: 'later'; at: string; number: number; waitMs: number }

/** What happened to a delivery, and what is planned, first to last. */
export function timelineOf(
  delivery: DeliveryDetail,
  attempts: readonly Attempt[],
): TimelineEntry[] {
  const entries: TimelineEntry[] = [{ kind: 'received', at: delivery.createdAt }]
  let endMs = Date.parse(delivery.createdAt)
  for (const attempt of attempts) {
    const startMs = Date.parse(attempt.startedAt)
    entries.push({
      kind: 'attempt',
      at: attempt.startedAt,
      waitMs: Math.max(0, startMs - endMs),
      attempt,
    })
    endMs = startMs + attempt.durationMs
  }
  delivery.plannedAttempts.forEach(({ number, at }, index) => {
    if (index === 0) entries.push({ kind: 'next', at, number })
    else entries.push({ kind: 'later', at, number, waitMs: Date.parse(at) - endMs })
    endMs = Date.parse(at)
  })
  return entries
}

/** Deliveries moved in one statement. */
export const batchMax = 500

/** A replay has no more than so many in the queue at once; the rest waits in its cursor. */
export const unfinishedMax = 10_000

/** How many a replay may queue now. */
export function batchSize(ratePerSecond: number | null, unfinished: number): number {
  const room = Math.max(0, unfinishedMax - unfinished)
  // Four times a second, so that a rate does not come in gulps.
  const share = ratePerSecond === null ? batchMax : Math.ceil(ratePerSecond / 4)
  return Math.min(batchMax, room, share)
}

/** How long a batch of `queued` takes at its rate: the next one begins no earlier. */
export function batchDurationMs(ratePerSecond: number | null, queued: number): number {
  return ratePerSecond === null ? 0 : (queued / ratePerSecond) * 1000
}

import type { Receipt } from './ledger.ts'
import type { Observation } from './observation.ts'

/** One delivery: an event for a subscription. */
export const pairKey = (eventId: string, subscriptionId: string) => `${eventId} → ${subscriptionId}`

/** Receipts by event and subscription. */
export function receiptsByPair({ ledger, subscriptions }: Observation): Map<string, Receipt[]> {
  const byPath = new Map(subscriptions.map(({ path, id }) => [path, id]))
  return Map.groupBy(ledger, ({ id, path }) => pairKey(id, byPath.get(path) ?? `nobody at ${path}`))
}

export function isSuccess({ answer }: Receipt): boolean {
  return typeof answer === 'number' && answer >= 200 && answer <= 299
}

/** Requests after the first that was answered with a 2xx. */
export function countDuplicates(observation: Observation): number {
  let duplicates = 0
  for (const receipts of receiptsByPair(observation).values()) {
    const first = receipts.findIndex(isSuccess)
    if (first !== -1) duplicates += receipts.length - 1 - first
  }
  return duplicates
}

/** Requests of which no attempt is recorded. */
export function countUnrecorded(observation: Observation): number {
  const { rows } = observation
  const attempts = Map.groupBy(rows.attempts, ({ deliveryId }) => deliveryId)
  const recorded = new Map(
    [...rows.queue, ...rows.deliveries].map((row) => [
      pairKey(row.eventId, row.subscriptionId),
      attempts.get(row.id)?.length ?? 0,
    ]),
  )
  let unrecorded = 0
  for (const [key, receipts] of receiptsByPair(observation))
    unrecorded += Math.max(0, receipts.length - (recorded.get(key) ?? 0))
  return unrecorded
}

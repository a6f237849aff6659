import type { Subscription } from '@posthorn/sdk'

export type SubscriptionState =
  | 'active'
  | 'degraded'
  | 'failing'
  | 'paused'
  | 'disabled'
  | 'unused'
  | 'broken'

/** So many failures in a row are no accident. */
const failingAfter = 5

/** Its status, and how it fares: one word for both. */
export function stateOf({ status, problem, health }: Subscription): SubscriptionState {
  if (status !== 'active') return status
  if (problem !== null) return 'broken'
  if (health.consecutiveFailures >= failingAfter) return 'failing'
  if (failedLast(health)) return 'degraded'
  return health.lastSuccessAt === null ? 'unused' : 'active'
}

function failedLast({ failingSince, lastFailureAt, lastSuccessAt }: Subscription['health']) {
  return failingSince !== null || (lastFailureAt ?? '') > (lastSuccessAt ?? '')
}

/** What people call it: what it says of itself, or where it leads, or what its owner calls it. */
export function nameOf({
  id,
  uid,
  description,
  url,
}: Pick<Subscription, 'id' | 'uid' | 'description' | 'url'>): string {
  return description ?? (url === null ? (uid ?? id) : placeOf(url))
}

/** A URL without its scheme. */
export function placeOf(url: string): string {
  return url.replace(/^https?:\/\//, '')
}

/** The part of a URL behind its host. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? url.slice(new URL(url).origin.length) : url
}

/** When it was last sent something, whatever came of it. */
export function lastDeliveryAt({ health }: Subscription): string | null {
  const times = [health.lastSuccessAt, health.lastFailureAt].filter((time) => time !== null)
  return times.sort().at(-1) ?? null
}

import type { Delivery, DeliveryPage, StreamedAttempt } from '@posthorn/sdk'
import type { InfiniteData } from '@tanstack/react-query'
import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'

export type DeliveryPages = InfiniteData<DeliveryPage, string | undefined>

/** The newest attempt of each delivery. */
export type Attempts = ReadonlyMap<string, StreamedAttempt>

/** The delivery as it is after an attempt. */
export function toDelivery(attempt: StreamedAttempt, known?: Delivery): Delivery {
  return {
    id: attempt.deliveryId,
    organisationId: attempt.organisationId,
    eventId: attempt.eventId,
    subscriptionId: attempt.subscriptionId,
    status: attempt.status,
    attempts: attempt.number,
    trigger: attempt.trigger,
    eventType: attempt.eventType,
    entityType: attempt.entityType,
    entityId: attempt.entityId,
    lastStatusCode: attempt.statusCode,
    lastError: attempt.error,
    lastOutcome: attempt.outcome,
    lastDurationMs: attempt.durationMs,
    replayId: known?.replayId ?? null,
    createdAt: attempt.createdAt,
    finishedAt: attempt.finishedAt,
    nextAttemptAt: attempt.nextAttemptAt,
  }
}

/** Rows that are loaded, with what was heard of them since. Pages without news stay the same objects. */
export function patchRows(pages: DeliveryPages, attempts: Attempts): DeliveryPages {
  let changed = false
  const patched = pages.pages.map((page) => {
    const isNews = (row: Delivery) => (attempts.get(row.id)?.number ?? 0) > row.attempts
    if (!page.data.some(isNews)) return page
    changed = true
    const data = page.data.map((row) => {
      const attempt = isNews(row) ? attempts.get(row.id) : undefined
      return attempt ? toDelivery(attempt, row) : row
    })
    return { ...page, data }
  })
  return changed ? { ...pages, pages: patched } : pages
}

/** Attempts of deliveries that are not loaded, but belong between those that are, or above them. */
export function missingRows(pages: DeliveryPages, attempts: Attempts): StreamedAttempt[] {
  const last = pages.pages.at(-1)
  const complete = last?.nextCursor === null
  const oldest = pages.pages.findLast((page) => page.data.length > 0)?.data.at(-1)?.id
  const inside = [...attempts.values()].filter(
    ({ deliveryId }) => complete || (oldest !== undefined && deliveryId > oldest),
  )
  if (inside.length === 0) return inside
  const known = new Set(pages.pages.flatMap((page) => page.data.map(({ id }) => id)))
  return inside.filter(({ deliveryId }) => !known.has(deliveryId))
}

/** Puts what is missing where it belongs: newest first, on the page that spans it. */
export function insertRows(
  pages: DeliveryPages,
  attempts: readonly StreamedAttempt[],
): DeliveryPages {
  let left = attempts.map((attempt) => toDelivery(attempt))
  const next = pages.pages.map((page, index) => {
    const end = index === pages.pages.length - 1 ? '' : (page.data.at(-1)?.id ?? '')
    const own = left.filter(({ id }) => id > end)
    if (own.length === 0) return page
    left = left.filter(({ id }) => id <= end)
    const data = [...page.data, ...own].sort((a, b) => (a.id < b.id ? 1 : -1))
    return { ...page, data }
  })
  return { ...pages, pages: next }
}

/**
 * Whether the list would show the delivery of an attempt. The server has asked already what never changes of a
 * delivery; the rest is asked here, so that a row that no longer matches is told of what became of it.
 */
export function isShown(filter: DeliveryFilterSearch, attempt: StreamedAttempt): boolean {
  const { status, outcome, trigger, statusCode, minAttempts = 0, maxAttempts, replayId } = filter
  return (
    replayId === undefined &&
    isOneOf(status, attempt.status) &&
    isOneOf(outcome, attempt.outcome) &&
    isOneOf(trigger, attempt.trigger) &&
    (statusCode === undefined ||
      statusCode.some((code) => matchesCode(code, attempt.statusCode))) &&
    attempt.number >= minAttempts &&
    attempt.number <= (maxAttempts ?? Number.POSITIVE_INFINITY)
  )
}

const isOneOf = (wanted: readonly string[] | undefined, value: string) =>
  wanted === undefined || wanted.includes(value)

/** `503` is itself, `5xx` its class. */
const matchesCode = (wanted: string, code: number | null) =>
  code !== null && (wanted === String(code) || wanted === `${Math.floor(code / 100)}xx`)

/** The part of a filter that the stream is asked for: what never changes of a delivery. */
export function streamFilter<Filter extends DeliveryFilterSearch>(filter: Filter) {
  const { subscriptionId, eventId, eventType, entityType, entityId, since, until } = filter
  return { subscriptionId, eventId, eventType, entityType, entityId, since, until }
}

import type { Delivery, StreamedAttempt } from '@posthorn/sdk'
import { describe, expect, test } from 'vitest'
import {
  type DeliveryPages,
  insertRows,
  isShown,
  missingRows,
  patchRows,
  toDelivery,
} from '../../admin-ui/src/deliveries/live-rows.ts'

const idOf = (n: number) => `0197a3c2-7d41-7000-8000-${String(n).padStart(12, '0')}`

function attempt(n: number, change: Partial<StreamedAttempt> = {}): StreamedAttempt {
  const time = '2026-05-01T12:00:00.000Z'
  return {
    deliveryId: idOf(n),
    organisationId: idOf(0),
    eventId: idOf(n),
    subscriptionId: idOf(0),
    eventType: 'IssueCreated',
    entityType: 'Issue',
    entityId: idOf(n),
    number: 1,
    trigger: 'event',
    outcome: 'succeeded',
    statusCode: 200,
    error: null,
    startedAt: time,
    durationMs: 12,
    status: 'succeeded',
    createdAt: time,
    finishedAt: time,
    nextAttemptAt: null,
    ...change,
  }
}

const row = (n: number, change: Partial<Delivery> = {}) => ({
  ...toDelivery(attempt(n)),
  ...change,
})

/** Newest first, a page per list of numbers. */
function pagesOf(pages: number[][], nextCursor: string | null = null): DeliveryPages {
  return {
    pages: pages.map((numbers, index) => ({
      data: numbers.map((n) => row(n)),
      nextCursor: index < pages.length - 1 ? `after ${numbers.at(-1)}` : nextCursor,
      searchedUntil: null,
    })),
    pageParams: pages.map(() => undefined),
  }
}

const heard = (...attempts: StreamedAttempt[]) =>
  new Map(attempts.map((one) => [one.deliveryId, one]))
const numbersOf = ({ pages }: DeliveryPages) =>
  pages.map(({ data }) => data.map(({ id }) => Number(id.slice(-12))))

describe('an attempt', () => {
  test('changes its row and no other page', () => {
    const before = pagesOf([
      [5, 4],
      [3, 2],
    ])
    const after = patchRows(before, heard(attempt(3, { number: 2, status: 'failed' })))
    expect(after.pages[0]).toBe(before.pages[0])
    expect(after.pages[1]?.data[0]).toMatchObject({ status: 'failed', attempts: 2 })
  })

  test('that the list knows already, or of no row, changes nothing', () => {
    const before = pagesOf([[5, 4]])
    expect(patchRows(before, heard(attempt(5), attempt(9, { number: 3 })))).toBe(before)
  })

  test('leaves to the row which replay asked for it', () => {
    const before = pagesOf([[5]])
    const page = before.pages[0]
    if (page) page.data = [row(5, { replayId: idOf(77) })]
    const [first] = patchRows(before, heard(attempt(5, { number: 2 }))).pages[0]?.data ?? []
    expect(first).toMatchObject({ attempts: 2, replayId: idOf(77) })
  })
})

describe('a delivery that is not loaded', () => {
  test('belongs into the list above and between its rows, not below what is loaded', () => {
    const pages = pagesOf([[9, 7], [5]], 'more')
    const missing = missingRows(pages, heard(attempt(9), attempt(12), attempt(6), attempt(2)))
    expect(numbersOf(insertRows(pages, missing))).toEqual([
      [12, 9, 7],
      [6, 5],
    ])
  })

  test('belongs below, too, when all is loaded; also into an empty list', () => {
    const pages = pagesOf([[9]])
    const news = heard(attempt(2))
    expect(numbersOf(insertRows(pages, missingRows(pages, news)))).toEqual([[9, 2]])
    const empty = pagesOf([[]])
    expect(numbersOf(insertRows(empty, missingRows(empty, news)))).toEqual([[2]])
  })

  test('is never shown twice', () => {
    const pages = pagesOf([[9, 7]])
    const news = heard(attempt(8))
    const once = insertRows(pages, missingRows(pages, news))
    expect(missingRows(once, news)).toEqual([])
  })
})

test('what changes of a delivery is held against the filter here', () => {
  const failed = attempt(1, {
    status: 'failed',
    outcome: 'http_status',
    statusCode: 503,
    number: 3,
  })
  for (const filter of [
    {},
    { status: ['failed' as const] },
    { statusCode: ['5xx'] },
    { statusCode: ['200', '503'] },
    { outcome: ['http_status' as const] },
    { minAttempts: 3, maxAttempts: 3 },
  ]) {
    expect(isShown(filter, failed), JSON.stringify(filter)).toBe(true)
  }
  for (const filter of [
    { status: ['pending' as const] },
    { statusCode: ['4xx', '500'] },
    { trigger: ['replay' as const] },
    { minAttempts: 4 },
    { maxAttempts: 2 },
    // An attempt does not know of its replay.
    { replayId: idOf(1) },
  ]) {
    expect(isShown(filter, failed), JSON.stringify(filter)).toBe(false)
  }
})

import { describe, expect, test } from 'vitest'
import { en } from '../../admin-ui/src/messages/en.ts'
import { describeRange } from '../../admin-ui/src/replays/describe-range.ts'
import { describeFilter } from '../../admin-ui/src/replays/describe-selector.ts'
import {
  canBeMissing,
  ignoredWhenMissing,
  toReplayInput,
} from '../../admin-ui/src/replays/replay-input.ts'

const id = '019a9d2e-5c00-7000-8000-00000000abcd'

describe('a filter in words', () => {
  const say = (filter: Parameters<typeof describeFilter>[0]) =>
    describeFilter(filter, en, () => 'billing')

  test('reads as a sentence, in the order in which people ask', () => {
    const filter = {
      status: ['failed' as const],
      eventType: ['IssueCreated', 'Lease*'],
      subscriptionId: [id],
      statusCode: ['5xx'],
    }
    expect(say(filter)).toBe(
      'Failed deliveries of IssueCreated or Lease* to billing answered with 5xx',
    )
  })

  test('says that an empty one means everything', () => {
    expect(say({})).toBe('All deliveries')
  })

  test('names an outcome in words and one that it does not know by its code', () => {
    expect(say({ outcome: ['timeout', 'new_one'] })).toBe(
      'Deliveries that ended in “Timed out or new_one”',
    )
  })

  test('says how often it was tried', () => {
    expect(say({ minAttempts: 1 })).toBe('Deliveries tried at least 1 time')
    expect(say({ maxAttempts: 0 })).toBe('Deliveries never tried')
  })
})

describe('a time range in words', () => {
  const words = en.replays.ranges
  const nowMs = Date.parse('2026-05-02T12:00:00.000Z')

  test('is both absolute and relative', () => {
    const text = describeRange({ since: '2026-05-02T06:00:00.000Z' }, words, nowMs)
    expect(text).toMatch(/^Since 2026-05-0\d \d\d:00:00 \(the last 6 h\)$/)
  })

  test('says how long a fixed one is', () => {
    const range = { since: '2026-05-01T00:00:00.000Z', until: '2026-05-01T02:00:00.000Z' }
    expect(describeRange(range, words, nowMs)).toMatch(/ to .* \(2 h\)$/)
  })

  test('reaches up to now when nothing is said', () => {
    expect(describeRange({}, words, nowMs)).toBe('Any time up to now')
  })
})

describe('what is asked of the API', () => {
  test('is the selection alone when deliveries were selected', () => {
    expect(toReplayInput({ deliveryIds: [id] }, 'all')).toEqual({ mode: 'all', deliveryIds: [id] })
  })

  test('has no field without a value', () => {
    const selector = { filter: { eventId: id, status: undefined } }
    expect(toReplayInput(selector, 'failed')).toEqual({ mode: 'failed', filter: { eventId: id } })
  })

  test('leaves out what only deliveries have when they are missing, and says so', () => {
    const selector = { filter: { subscriptionId: [id], statusCode: ['5xx'], minAttempts: 2 } }
    expect(toReplayInput(selector, 'missing').filter).toEqual({ subscriptionId: [id] })
    expect(ignoredWhenMissing(selector)).toEqual(['statusCode', 'minAttempts'])
  })

  test('is for missing deliveries only with one subscription', () => {
    expect(canBeMissing({ filter: { subscriptionId: [id] } })).toBe(true)
    expect(canBeMissing({ filter: { subscriptionId: [id, id] } })).toBe(false)
    expect(canBeMissing({ filter: {} })).toBe(false)
    expect(canBeMissing({ deliveryIds: [id] })).toBe(false)
  })
})

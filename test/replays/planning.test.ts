import { describe, expect, test } from 'vitest'
import { lowestIdAt, newIdAt } from '../../server/kernel/ids.ts'
import { judgeEvent, judgeFinished } from '../../server/replays/judge.ts'
import { batchDurationMs, batchMax, batchSize, unfinishedMax } from '../../server/replays/pace.ts'
import { boundsOf, type ReplayTask } from '../../server/replays/task.ts'
import { type Candidate, planBatch, type Window } from '../../server/replays/window.ts'

const dayMs = 86_400_000
const nowMs = Date.parse('2026-06-15T12:00:00Z')
const retention = { events: 90, deliveries: 30 }

function task(more: Partial<ReplayTask> = {}): ReplayTask {
  const createdAtMs = nowMs
  return {
    organisationId: null,
    mode: 'failed',
    filter: {},
    deliveryIds: null,
    createdAtMs,
    ...more,
  }
}

describe('the bounds of a replay', () => {
  test('end when it was created, and begin where deliveries are retained', () => {
    expect(boundsOf(task(), retention, nowMs + dayMs)).toEqual({
      from: lowestIdAt(nowMs - 29 * dayMs),
      before: lowestIdAt(nowMs + 1),
      clampedSince: null,
    })
  })

  test('say when a time lies before what is retained', () => {
    const since = (days: number) => new Date(nowMs - days * dayMs).toISOString()
    const early = boundsOf(task({ filter: { since: since(60) } }), retention, nowMs)
    expect(early).toMatchObject({ from: lowestIdAt(nowMs - 30 * dayMs), clampedSince: since(30) })
    const late = boundsOf(task({ filter: { since: since(3), until: since(2) } }), retention, nowMs)
    expect(late).toEqual({
      from: lowestIdAt(nowMs - 3 * dayMs),
      before: lowestIdAt(nowMs - 2 * dayMs),
      clampedSince: null,
    })
  })

  test('reach no further back in mode missing than both, events and deliveries, are kept', () => {
    const missing = task({ mode: 'missing' })
    expect(boundsOf(missing, retention, nowMs).from).toBe(lowestIdAt(nowMs - 30 * dayMs))
    const events = boundsOf(missing, { events: 7, deliveries: 30 }, nowMs)
    expect(events.from).toBe(lowestIdAt(nowMs - 7 * dayMs))
  })

  test('of one event are its millisecond', () => {
    const eventId = newIdAt(nowMs - dayMs)
    expect(boundsOf(task({ filter: { eventId } }), retention, nowMs)).toMatchObject({
      from: lowestIdAt(nowMs - dayMs),
      before: lowestIdAt(nowMs - dayMs + 1),
    })
  })
})

describe('a batch', () => {
  const candidates = ['send', 'succeeded', 'send', 'paused', 'send'].map((verdict, index) => {
    const id = `${index}`
    return { position: { organisationId: 'o', id }, deliveryId: id, verdict } as Candidate
  })
  const window: Window = { candidates, scanned: 9, next: { at: { organisationId: 'o', id: '8' } } }

  test('takes what there is room for, and ends before the first that it leaves', () => {
    const batch = planBatch(window, 2)
    expect(batch.send.map((one) => one.deliveryId)).toEqual(['0', '2'])
    expect(batch.skipped).toMatchObject({ succeeded: 1, paused: 1 })
    expect(batch.next).toEqual({ at: { organisationId: 'o', id: '3' } })
  })

  test('that takes all goes on behind what was looked at', () => {
    expect(planBatch(window, 3)).toMatchObject({ send: { length: 3 }, next: window.next })
    expect(planBatch({ ...window, next: { end: true } }, 9).next).toEqual({ end: true })
  })
})

describe('a delivery', () => {
  const failed = { status: 'failed', eventRetained: true } as const
  const succeeded = { status: 'succeeded', eventRetained: true } as const
  test.each([
    [failed, 'active', 'failed', 'send'],
    [{ ...failed, status: 'cancelled' }, 'active', 'failed', 'send'],
    [succeeded, 'active', 'failed', 'succeeded'],
    [succeeded, 'active', 'all', 'send'],
    [failed, 'paused', 'failed', 'paused'],
    [failed, 'disabled', 'failed', 'inactive'],
    [failed, 'deleted', 'all', 'inactive'],
    [failed, undefined, 'all', 'inactive'],
    [{ ...failed, eventRetained: false }, 'active', 'failed', 'beyondRetention'],
  ] as const)('%o of a subscription that is %s, mode %s: %s', (row, status, mode, verdict) => {
    expect(judgeFinished(row, status, mode)).toBe(verdict)
  })

  test.each([
    [undefined, true, 'active', 'send'],
    [undefined, true, 'paused', 'paused'],
    [undefined, true, 'disabled', 'inactive'],
    [undefined, false, 'active', 'pending'],
    ['pending', true, 'active', 'pending'],
    ['succeeded', true, 'active', 'succeeded'],
    ['failed', true, 'active', 'failed'],
    ['cancelled', true, 'active', 'failed'],
  ] as const)(
    'that is %s, its event published %s, its subscription %s: %s',
    (existing, published, status, verdict) => {
      expect(judgeEvent(existing, published, status)).toBe(verdict)
    },
  )
})

test('no batch exceeds its rate, its share of a second, or the room in the queue', () => {
  expect(batchSize(null, 0)).toBe(batchMax)
  expect(batchSize(null, unfinishedMax - 3)).toBe(3)
  expect(batchSize(null, unfinishedMax + 5)).toBe(0)
  for (const rate of [1, 3, 20, 500, 10_000]) {
    const size = batchSize(rate, 0)
    expect(size).toBeGreaterThan(0)
    expect(size).toBeLessThanOrEqual(Math.min(rate, batchMax))
    expect(size / (batchDurationMs(rate, size) / 1000)).toBeCloseTo(rate)
  }
  expect(batchDurationMs(null, batchMax)).toBe(0)
})

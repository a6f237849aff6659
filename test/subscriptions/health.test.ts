import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterAttempt,
  type Health,
  isFailingTooLong,
  mergeHealth,
  shiftHealth,
  unknownHealth,
} from '../../server/subscriptions/health.ts'

type Attempt = [atMs: number, outcome: 'succeeded' | 'timeout' | 'http_status']

const seen = (attempts: readonly Attempt[], from: Health = unknownHealth): Health =>
  attempts.reduce((health, [atMs, outcome]) => {
    const error = outcome === 'succeeded' ? null : `failed with ${outcome}`
    return afterAttempt(health, { subscriptionId: 'any', outcome, statusCode: null, error }, atMs)
  }, from)

describe('what one process sees', () => {
  test('a window of failures begins with the first and ends with a success', () => {
    const failing = seen([
      [10, 'succeeded'],
      [20, 'timeout'],
      [30, 'http_status'],
    ])
    expect(failing).toEqual({
      failingSinceMs: 20,
      consecutiveFailures: 2,
      lastSuccessAtMs: 10,
      lastFailureAtMs: 30,
      lastOutcome: 'http_status',
      lastError: 'failed with http_status',
    })
    expect(seen([[40, 'succeeded']], failing)).toEqual({
      failingSinceMs: null,
      consecutiveFailures: 0,
      lastSuccessAtMs: 40,
      lastFailureAtMs: 30,
      lastOutcome: 'succeeded',
      lastError: null,
    })
  })
})

describe('what several processes saw', () => {
  test('adds up while nothing succeeds anywhere', () => {
    const merged = mergeHealth(
      seen([
        [10, 'timeout'],
        [40, 'timeout'],
      ]),
      seen([[20, 'timeout']]),
    )
    expect(merged).toMatchObject({
      failingSinceMs: 10,
      consecutiveFailures: 3,
      lastFailureAtMs: 40,
    })
  })

  test('a success of one ends the window that another saw', () => {
    const failing = seen([
      [10, 'timeout'],
      [20, 'timeout'],
    ])
    expect(mergeHealth(failing, seen([[30, 'succeeded']]))).toMatchObject({
      failingSinceMs: null,
      consecutiveFailures: 0,
      lastOutcome: 'succeeded',
    })
  })

  test('of a window around the success of another, what lies after it remains', () => {
    const failing = seen([
      [10, 'timeout'],
      [20, 'timeout'],
      [40, 'timeout'],
    ])
    expect(mergeHealth(failing, seen([[30, 'succeeded']]))).toMatchObject({
      failingSinceMs: 40,
      consecutiveFailures: 1,
      lastOutcome: 'timeout',
    })
  })

  test('a failure in the very millisecond of the own success counts as after it', () => {
    const own = seen([
      [10, 'succeeded'],
      [10, 'timeout'],
    ])
    expect(mergeHealth(unknownHealth, own)).toEqual(own)
    expect(mergeHealth(own, unknownHealth)).toEqual(own)
  })

  const attempts = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 1000 }),
      fc.constantFrom('succeeded' as const, 'timeout' as const, 'http_status' as const),
      fc.boolean(),
    ),
    { maxLength: 20 },
  )

  test('property: never says failing since before the last success, nor longer than one who saw all', () => {
    fc.assert(
      fc.property(attempts, (drawn) => {
        const all = [...new Map(drawn.map((one) => [one[0], one])).values()].sort(
          ([a], [b]) => a - b,
        )
        const of = (mine: boolean | undefined) =>
          seen(
            all
              .filter(([, , here]) => mine === undefined || here === mine)
              .map(([atMs, outcome]): Attempt => [atMs, outcome]),
          )
        const whole = of(undefined)
        const merged = mergeHealth(of(true), of(false))
        expect(mergeHealth(of(false), of(true))).toEqual(merged)
        expect(merged.lastSuccessAtMs).toBe(whole.lastSuccessAtMs)
        expect(merged.lastFailureAtMs).toBe(whole.lastFailureAtMs)
        expect(merged.lastOutcome).toBe(whole.lastOutcome)
        expect(merged.failingSinceMs === null).toBe(whole.failingSinceMs === null)
        if (merged.failingSinceMs !== null) {
          expect(merged.failingSinceMs).toBeGreaterThanOrEqual(whole.failingSinceMs ?? Infinity)
          expect(merged.consecutiveFailures).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('is put on one clock', () => {
    const shifted = shiftHealth(
      seen([
        [10, 'succeeded'],
        [20, 'timeout'],
      ]),
      100,
    )
    expect(shifted).toMatchObject({
      failingSinceMs: 120,
      lastSuccessAtMs: 110,
      lastFailureAtMs: 120,
    })
    expect(shiftHealth(unknownHealth, 100)).toEqual(unknownHealth)
  })
})

describe('too long', () => {
  const failing = seen([[1000, 'timeout']])
  test.each([
    ['just before', 1999, 1000, false],
    ['at the limit', 2000, 1000, true],
    ['with the rule switched off', 9e15, 0, false],
  ])('%s', (_when, nowMs, disableAfterMs, expected) => {
    expect(isFailingTooLong(failing, nowMs, disableAfterMs)).toBe(expected)
  })

  test('never for one that works or was never sent to', () => {
    expect(isFailingTooLong(seen([[1, 'succeeded']]), 9e15, 1)).toBe(false)
    expect(isFailingTooLong(unknownHealth, 9e15, 1)).toBe(false)
  })
})

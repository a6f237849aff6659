import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterAnswer,
  afterFailure,
  type Breaker,
  breakerAt,
  closedBreaker,
  failuresToOpen,
} from '../../server/dispatcher/breaker.ts'

const probeAfterMs = 5000
const fail = (breaker: Breaker, nowMs: number, startedAtMs = nowMs) =>
  afterFailure(breaker, { startedAtMs, nowMs, random: 0.5, probeAfterMs })

const almost: Breaker = { state: 'closed', failures: failuresToOpen - 1 }
const open: Breaker = { state: 'open', openings: 1, untilMs: 5000 }
const probing: Breaker = { state: 'probing', openings: 1, sinceMs: 5000 }

describe('a breaker', () => {
  const table: [string, Breaker, (breaker: Breaker) => Breaker, Breaker][] = [
    ['closed stays closed at an answer', closedBreaker, afterAnswer, closedBreaker],
    ['closed counts a failure', closedBreaker, (b) => fail(b, 0), { state: 'closed', failures: 1 }],
    ['closed forgets failures at an answer', almost, afterAnswer, closedBreaker],
    ['closed opens at the last failure', almost, (b) => fail(b, 0), open],
    ['open ignores failures of before', open, (b) => fail(b, 4000, 0), open],
    ['open stays open until its time', open, (b) => breakerAt(b, 4999), open],
    ['open begins to probe at its time', open, (b) => breakerAt(b, 5000), probing],
    ['open closes at a late answer', open, afterAnswer, closedBreaker],
    ['probing closes at an answer', probing, afterAnswer, closedBreaker],
    ['probing ignores failures of before', probing, (b) => fail(b, 6000, 4999), probing],
    [
      'probing opens for twice as long at a failure',
      probing,
      (b) => fail(b, 6000, 5000),
      { state: 'open', openings: 2, untilMs: 16_000 },
    ],
  ]
  test.each(table)('%s', (_name, before, step, after) => {
    expect(step(before)).toEqual(after)
  })

  test('is never open for longer than five minutes and a fifth, and never for less than four fifths of the first time', () => {
    const openings = fc.integer({ min: 0, max: 10_000 })
    fc.assert(
      fc.property(openings, fc.double({ min: 0, max: 1, noNaN: true }), (openings, random) => {
        const before: Breaker = { state: 'probing', openings, sinceMs: 0 }
        const after = afterFailure(before, { startedAtMs: 0, nowMs: 0, random, probeAfterMs })
        if (after.state !== 'open') return false
        return after.untilMs >= 4000 && after.untilMs <= 360_000
      }),
    )
  })

  test('lets through what it should in any course of events', () => {
    const steps = fc.array(
      fc.record({
        what: fc.constantFrom('failure', 'failure', 'answer', 'late failure', 'wait'),
        ms: fc.integer({ min: 0, max: 20_000 }),
      }),
      { maxLength: 100 },
    )
    fc.assert(
      fc.property(steps, (steps) => {
        // The model: a count of failures in a row, and the time before which nothing may be sent.
        let run = 0
        let closedUntilMs = Number.NEGATIVE_INFINITY
        let probingSinceMs: number | undefined
        let breaker: Breaker = closedBreaker
        let nowMs = 0
        for (const { what, ms } of steps) {
          nowMs += what === 'wait' ? ms : 1
          breaker = breakerAt(breaker, nowMs)
          if (run >= failuresToOpen && nowMs >= closedUntilMs) probingSinceMs ??= nowMs
          const isOpen = run >= failuresToOpen && nowMs < closedUntilMs
          expect(breaker.state === 'open').toBe(isOpen)
          expect(breaker.state === 'probing').toBe(run >= failuresToOpen && !isOpen)
          if (what === 'answer') {
            breaker = afterAnswer(breaker)
            run = 0
            probingSinceMs = undefined
          } else if (what === 'late failure' && run >= failuresToOpen) {
            breaker = fail(breaker, nowMs, (probingSinceMs ?? nowMs) - 1)
          } else if (what === 'failure' && !isOpen) {
            breaker = fail(breaker, nowMs)
            run++
            if (run < failuresToOpen) continue
            const openings = run - failuresToOpen + 1
            closedUntilMs = nowMs + Math.min(300_000, probeAfterMs * 2 ** (openings - 1))
            probingSinceMs = undefined
          }
        }
      }),
    )
  })
})

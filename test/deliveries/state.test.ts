import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FailureKind, Outcome } from '../../server/deliveries/outcome.ts'
import { parseRetryAfter } from '../../server/deliveries/retry-delay.ts'
import { type Decision, decide } from '../../server/deliveries/state.ts'

type Case =
  | '200'
  | '204'
  | '301'
  | '400'
  | '404'
  | '410'
  | '429'
  | '500'
  | '503'
  | '999'
  | FailureKind
type Place = 'first' | 'middle' | 'last'
type Expected = 'succeeded' | 'again' | 'exhausted' | 'gone' | 'hopeless'

const again: Record<Place, Expected> = { first: 'again', middle: 'again', last: 'exhausted' }
const succeeded: Record<Place, Expected> = {
  first: 'succeeded',
  middle: 'succeeded',
  last: 'succeeded',
}
const gone: Record<Place, Expected> = { first: 'gone', middle: 'gone', last: 'gone' }
const hopeless: Record<Place, Expected> = {
  first: 'hopeless',
  middle: 'hopeless',
  last: 'hopeless',
}

/** Total: a new outcome does not compile until every cell of it is decided. */
const table: Record<Case, Record<Place, Expected>> = {
  '200': succeeded,
  '204': succeeded,
  '301': again,
  '400': again,
  '404': again,
  '410': gone,
  '429': again,
  '500': again,
  '503': again,
  '999': again,
  timeout: again,
  blocked_address: again,
  dns: again,
  connect: again,
  tls: again,
  reset: again,
  response_invalid: again,
  request_invalid: again,
  unprocessable: hopeless,
  subscription_unusable: hopeless,
  event_dropped: hopeless,
}

const scheduleSeconds = [5, 300, 1800]
const attemptsAt: Record<Place, number> = { first: 1, middle: 2, last: 4 }

function outcomeOf(name: string): Outcome {
  return /^\d+$/.test(name)
    ? { kind: 'response', statusCode: Number(name), retryAfter: undefined }
    : { kind: name as FailureKind, detail: 'test' }
}

function word(decision: Decision): Expected {
  if (decision.status === 'pending') return 'again'
  return decision.status === 'succeeded' ? 'succeeded' : decision.reason
}

describe('what becomes of a delivery', () => {
  for (const [name, places] of Object.entries(table)) {
    for (const [place, expected] of Object.entries(places)) {
      test(`${name} at the ${place} attempt: ${expected}`, () => {
        const decision = decide({
          outcome: outcomeOf(name),
          attemptsInRun: attemptsAt[place as Place],
          scheduleSeconds,
          nowMs: 0,
          random: 0.5,
        })
        expect(word(decision)).toBe(expected)
      })
    }
  }

  test('a wait is the schedule ±20 %, and only 429 and 503 may lengthen it, up to a day', () => {
    const facts = fc.record({
      statusCode: fc.integer({ min: 300, max: 999 }).filter((code) => code !== 410),
      retryAfter: fc.option(fc.oneof(fc.nat().map(String), fc.string()), { nil: undefined }),
      attemptsInRun: fc.integer({ min: 1, max: 12 }),
      schedule: fc.array(fc.integer({ min: 1, max: 604_800 }), { maxLength: 9 }),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(facts, ({ statusCode, retryAfter, attemptsInRun, schedule, random }) => {
        const outcome: Outcome = { kind: 'response', statusCode, retryAfter }
        const decision = decide({
          outcome,
          attemptsInRun,
          scheduleSeconds: schedule,
          nowMs: 0,
          random,
        })
        const seconds = schedule[attemptsInRun - 1]
        if (seconds === undefined)
          return decision.status === 'failed' && decision.reason === 'exhausted'
        if (decision.status !== 'pending') return false
        const patient = statusCode === 429 || statusCode === 503
        const askedMs = (patient ? parseRetryAfter(retryAfter, 0) : undefined) ?? 0
        const atLeast = Math.max(seconds * 800, Math.min(askedMs, 86_400_000))
        const atMost = Math.max(seconds * 1200, Math.min(askedMs, 86_400_000))
        return decision.delayMs >= Math.floor(atLeast) && decision.delayMs <= Math.ceil(atMost)
      }),
    )
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  const cases: [string | undefined, number | undefined][] = [
    [undefined, undefined],
    ['120', 120_000],
    [' 7 ', 7000],
    ['0', 0],
    ['Mon, 23 Nov 2026 12:01:00 GMT', 60_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['-3', undefined],
    ['1.5', undefined],
    ['99999999999999999999', undefined],
    ['soon', undefined],
    ['', undefined],
    ['2026', 2_026_000],
  ]
  test.each(cases)('%s means %s ms', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected)
  })
})

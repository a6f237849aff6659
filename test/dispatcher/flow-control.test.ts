import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FailureKind, Outcome } from '../../server/deliveries/outcome.ts'
import { Admission } from '../../server/dispatcher/admission.ts'
import {
  afterOutage,
  afterOverload,
  afterSuccess,
  type Concurrency,
  initialConcurrency,
} from '../../server/dispatcher/concurrency.ts'
import { type Effect, effectOf } from '../../server/dispatcher/effect.ts'
import { LookPace } from '../../server/dispatcher/look-pace.ts'
import { afterPauseRequest, noPause } from '../../server/dispatcher/pause.ts'
import { mayStart, shareLeft } from '../../server/dispatcher/share.ts'
import {
  burstOf,
  newBucket,
  refill,
  spend,
  untilToken,
} from '../../server/dispatcher/token-bucket.ts'

/** All requests that the limit allows succeed, once. */
function roundTrip(current: Concurrency, atMs: number, max = 128): Concurrency {
  const underWay = Math.floor(current.limit)
  let next = current
  for (let n = 0; n < underWay; n++) next = afterSuccess(next, atMs, underWay, max)
  return next
}

describe('concurrency', () => {
  test('doubles per round trip while nothing is known against it, up to the maximum', () => {
    let current = initialConcurrency(128)
    for (const expected of [16, 32, 64, 128, 128]) {
      expect(current.limit).toBe(expected)
      current = roundTrip(current, 1)
    }
  })

  test('is halved once for all failures of one burst, and again for those that began after', () => {
    let current: Concurrency = { ...initialConcurrency(128), limit: 64 }
    for (let n = 0; n < 50; n++) current = afterOverload(current, 10, 20)
    expect(current.limit).toBe(32)
    expect(afterOverload(current, 20, 30).limit).toBe(16)
  })

  test('comes back fast to what it last coped with, and gently beyond', () => {
    let current: Concurrency = { ...initialConcurrency(128), limit: 64 }
    for (let atMs = 1; atMs < 100; atMs++) current = afterOverload(current, atMs, atMs)
    expect(current.limit).toBe(1)
    const limits = []
    for (let n = 0; n < 8; n++) {
      current = roundTrip(current, 200)
      limits.push(Math.floor(current.limit))
    }
    expect(limits).toEqual([2, 4, 8, 16, 32, 32, 33, 34])
  })

  test('begins with one after an outage', () => {
    const before: Concurrency = { ...initialConcurrency(128), limit: 64, known: 40 }
    expect(afterOutage(before, 5)).toMatchObject({ limit: 1, known: 40 })
  })

  test('does not grow for requests that did not use it, and stays between one and its maximum', () => {
    const calm = initialConcurrency(128)
    expect(afterSuccess(calm, 1, 3, 128).limit).toBe(16)
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 200 }), fc.nat({ max: 200 })))
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 300 }), (steps, max) => {
        let current = initialConcurrency(max)
        for (const [isSuccess, startedAtMs, underWay] of steps) {
          current = isSuccess
            ? afterSuccess(current, startedAtMs, underWay, max)
            : afterOverload(current, startedAtMs, startedAtMs + 1)
          if (current.limit < 1 || current.limit > max) return false
        }
        return true
      }),
    )
  })
})

describe('what an outcome says of the receiver', () => {
  const coped: Effect = { load: 'coped', health: 'answered' }
  const answered: Effect = { load: 'unknown', health: 'answered' }
  const overloaded: Effect = { load: 'overloaded', health: 'failed' }
  const failed: Effect = { load: 'unknown', health: 'failed' }
  const unknown: Effect = { load: 'unknown', health: 'unknown' }
  const kinds: Record<FailureKind, Effect> = {
    timeout: overloaded,
    blocked_address: failed,
    dns: failed,
    connect: failed,
    tls: failed,
    reset: failed,
    response_invalid: failed,
    request_invalid: unknown,
    unprocessable: unknown,
    subscription_unusable: unknown,
    event_dropped: unknown,
  }
  test.each(Object.entries(kinds))('%s', (kind, expected) => {
    expect(effectOf({ kind, detail: '' } as Outcome)).toEqual(expected)
  })

  const statuses: [number, Effect][] = [
    [200, coped],
    [204, coped],
    [302, answered],
    [404, answered],
    [410, answered],
    [429, { load: 'overloaded', health: 'answered' }],
    [500, overloaded],
    [503, overloaded],
  ]
  test.each(statuses)('%i', (statusCode, expected) => {
    expect(effectOf({ kind: 'response', statusCode, retryAfter: undefined })).toEqual(expected)
  })
})

describe('a rate limit', () => {
  test('is never exceeded by more than its burst, in any window', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 300 })
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 500, noNaN: true }), gaps, (rate, gaps) => {
        let nowMs = 0
        let bucket = newBucket(nowMs)
        const sentAtMs: number[] = []
        for (const gap of gaps) {
          nowMs += gap
          bucket = refill(bucket, rate, nowMs)
          if (untilToken(bucket, rate) > 0) continue
          bucket = spend(bucket)
          sentAtMs.push(nowMs)
        }
        for (let from = 0; from < sentAtMs.length; from++) {
          for (let to = from; to < sentAtMs.length; to++) {
            const seconds = ((sentAtMs[to] as number) - (sentAtMs[from] as number)) / 1000
            if (to - from + 1 > burstOf(rate) + rate * seconds + 1) return false
          }
        }
        return true
      }),
    )
  })

  test('is reached: whoever waits as long as told has a token', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 1000, noNaN: true }), (rate) => {
        let nowMs = 0
        let bucket = newBucket(nowMs)
        for (let n = 0; n < 20; n++) {
          nowMs += untilToken(bucket, rate)
          bucket = refill(bucket, rate, nowMs)
          if (untilToken(bucket, rate) > 0) return false
          bucket = spend(bucket)
        }
        return nowMs <= (20 / rate) * 1000
      }),
    )
  })
})

describe('the pace of looks on disk', () => {
  test('leaves nineteen times what the cheapest of the last three cost, and fifteen seconds at most', () => {
    const pace = new LookPace()
    const waits = [200, 10, 50, 40, 5000, 5000, 5000].map((costMs) => {
      pace.looked(costMs, 1000)
      return Math.round(pace.waitMs(1000))
    })
    expect(waits).toEqual([0, 0, 190, 190, 760, 760, 15_000])
    expect(pace.waitMs(16_000)).toBe(0)
  })
})

describe('a pause', () => {
  const asked = { startedAtMs: 100, nowMs: 110, random: 0 }

  test('lasts as long as the receiver asked for, an hour at most', () => {
    const pause = afterPauseRequest(noPause, { ...asked, retryAfterMs: 7000 })
    expect(pause.untilMs).toBe(7110)
    const long = afterPauseRequest(noPause, { ...asked, retryAfterMs: 86_400_000 })
    expect(long.untilMs).toBe(3_600_110)
  })

  test('doubles while the receiver does not say how long, once per burst', () => {
    let pause = noPause
    const lengths = []
    for (let n = 0; n < 8; n++) {
      const nowMs = pause.untilMs + 10
      pause = afterPauseRequest(pause, {
        startedAtMs: nowMs - 1,
        nowMs,
        random: 0,
        retryAfterMs: undefined,
      })
      const again = afterPauseRequest(pause, {
        startedAtMs: nowMs - 1,
        nowMs,
        random: 0,
        retryAfterMs: undefined,
      })
      expect(again).toEqual(pause)
      lengths.push(pause.untilMs - nowMs)
    }
    expect(lengths).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
  })

  test('is never cut short by a later answer of the same burst', () => {
    const first = afterPauseRequest(noPause, { ...asked, retryAfterMs: 60_000 })
    const second = afterPauseRequest(first, { ...asked, nowMs: 120, retryAfterMs: 1000 })
    expect(second.untilMs).toBe(first.untilMs)
  })
})

describe('a share of a common room', () => {
  test('of requests is no more than an organisation may have, and one at least while there is room', () => {
    const limits = { concurrencyMax: 64, concurrencyPerOrganisationMax: 4 }
    expect(mayStart(limits, { all: 3, own: 3 })).toBe(true)
    expect(mayStart(limits, { all: 4, own: 4 })).toBe(false)
    expect(mayStart(limits, { all: 63, own: 0 })).toBe(true)
    expect(mayStart(limits, { all: 63, own: 1 })).toBe(false)
    expect(mayStart(limits, { all: 64, own: 0 })).toBe(false)
  })

  test('is nearly half for one, and the last places are for those who have none', () => {
    expect(shareLeft(512, 0, 0, 1)).toBe(224)
    expect(shareLeft(512, 224, 224, 1)).toBe(0)
    expect(shareLeft(512, 511, 0, 1)).toBe(1)
    expect(shareLeft(512, 512, 0, 1)).toBe(0)
  })

  test('leaves a place for whoever has nothing yet, however greedy those before were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 38 }), (greedy) => {
        let used = 0
        const own = new Array<number>(greedy).fill(0)
        for (let round = 0; round < 20; round++) {
          for (let one = 0; one < greedy; one++) {
            const left = shareLeft(5000, used, own[one] as number, 16)
            own[one] = (own[one] as number) + left
            used += left
          }
        }
        return shareLeft(5000, used, 0, 16) > 0
      }),
    )
  })
})

describe('admission', () => {
  const settings = { concurrencyMax: 128, probeAfterMs: 5000 }
  const end = (admission: Admission, effect: Effect, nowMs: number, startedAtMs = nowMs) =>
    admission.ended({ effect, startedAtMs, nowMs, random: 0.5, pauseMs: undefined })
  const failed: Effect = { load: 'unknown', health: 'failed' }
  const coped: Effect = { load: 'coped', health: 'answered' }

  test('closes after ten failures, lets one probe through, and opens by ramp', () => {
    const admission = new Admission(settings, 0)
    for (let n = 0; n < 10; n++) {
      admission.started(1)
      end(admission, failed, 1)
    }
    expect(admission.nextAtMs(null, 2)).toBe(5001)
    expect(admission.nextAtMs(null, 5001)).toBe(0)
    admission.started(5001)
    expect(admission.nextAtMs(null, 5001)).toBe(Number.POSITIVE_INFINITY)
    end(admission, coped, 5010, 5001)
    const limits = []
    for (let nowMs = 5010; nowMs < 5014; nowMs++) {
      limits.push(admission.limit)
      const { limit } = admission
      for (let n = 0; n < limit; n++) admission.started(nowMs)
      for (let n = 0; n < limit; n++) end(admission, coped, nowMs)
    }
    expect(limits).toEqual([1, 2, 3, 5])
  })
})

import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import * as standardwebhooks from 'standardwebhooks'
import * as svix from 'svix'
import { expect, test } from 'vitest'
import { parseRetryAfter, retryDelayMs } from '../../server/deliveries/retry-delay.ts'
import { sign } from '../../server/deliveries/sign.ts'
import { decodeCursor, encodeCursor } from '../../server/kernel/page.ts'
import { newSecret, secretKey } from '../../server/subscriptions/secret.ts'

const secret = newSecret()
const key = createSecretKey(secretKey(secret))
const verifiers = [new svix.Webhook(secret), new standardwebhooks.Webhook(secret)]
const nowSeconds = Math.floor(Date.now() / 1000)

function isVerified(headers: Record<string, string>, body: string): boolean[] {
  return verifiers.map((verifier) => {
    try {
      verifier.verify(body, headers)
      return true
    } catch {
      return false
    }
  })
}

const signed = fc.record({ id: fc.uuid(), data: fc.jsonValue() }).map(({ id, data }) => {
  const body = JSON.stringify({ id, data })
  const signature = sign([key], id, nowSeconds, Buffer.from(body))
  return {
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(nowSeconds),
      'webhook-signature': signature,
    },
  }
})

test('whatever is sent, svix and standardwebhooks verify it', () => {
  fc.assert(
    fc.property(signed, ({ body, headers }) => {
      expect(isVerified(headers, body)).toEqual([true, true])
    }),
    { numRuns: 100 },
  )
})

test('no bit of the body, the id, the time or the signature can be another', () => {
  const parts = fc.constantFrom('body', 'webhook-id', 'webhook-timestamp', 'webhook-signature')
  fc.assert(
    fc.property(signed, parts, fc.nat(), fc.nat(6), ({ body, headers }, part, at, bit) => {
      const flip = (text: string, from = 0) => {
        const bytes = Buffer.from(text)
        const index = from + (at % (bytes.length - from))
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
        return bytes.toString()
      }
      const changed =
        part === 'body'
          ? [headers, flip(body)]
          : [
              {
                ...headers,
                [part]: flip(
                  headers[part as keyof typeof headers],
                  part === 'webhook-signature' ? 3 : 0,
                ),
              },
              body,
            ]
      // Of base64 the last character before the padding carries two bits that mean nothing.
      fc.pre(part !== 'webhook-signature' || at % 44 < 42)
      expect(isVerified(changed[0] as Record<string, string>, changed[1] as string)).toEqual([
        false,
        false,
      ])
    }),
    { numRuns: 300 },
  )
})

test('a cursor is the id it was made from, and any text is either a cursor or refused', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(decodeCursor(encodeCursor(id))).toBe(id)
    }),
  )
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
      try {
        expect(decodeCursor(text)).toMatch(/^[0-9a-f-]{36}$/)
      } catch (error) {
        expect(error).toMatchObject({ code: 'cursor_invalid' })
      }
    }),
    { numRuns: 300 },
  )
})

test('a retry waits as long as its schedule says, ±20 %, or as long as the receiver asks, never more than a day for it', () => {
  const dayMs = 24 * 3_600_000
  const schedule = fc.array(fc.integer({ min: 1, max: 604_800 }), { maxLength: 30 })
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const asked = fc.option(fc.nat(10 * dayMs), { nil: undefined })
  fc.assert(
    fc.property(
      schedule,
      fc.integer({ min: 1, max: 32 }),
      random,
      asked,
      (seconds, failures, chance, retryAfterMs) => {
        const delayMs = retryDelayMs(seconds, failures, chance, retryAfterMs)
        const plannedMs = (seconds[failures - 1] ?? 0) * 1000
        if (failures > seconds.length) {
          expect(delayMs).toBeUndefined()
          return
        }
        expect(delayMs).toBeGreaterThanOrEqual(
          Math.max(plannedMs * 0.8, Math.min(retryAfterMs ?? 0, dayMs)) - 1,
        )
        expect(delayMs).toBeLessThanOrEqual(
          Math.max(plannedMs * 1.2, Math.min(retryAfterMs ?? 0, dayMs)) + 1,
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('a Retry-After of any text is a time to come, or nothing', () => {
  const dates = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString())
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.nat().map(String), dates), (text) => {
      const waitMs = parseRetryAfter(text, Date.now())
      if (waitMs !== undefined) expect(Number.isFinite(waitMs) && waitMs >= 0).toBe(true)
    }),
    { numRuns: 300 },
  )
})

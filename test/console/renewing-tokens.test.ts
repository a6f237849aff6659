import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  RenewingTokens,
  type RenewingTokensOptions,
} from '../../admin-ui/src/session/renewing-tokens.ts'

const hourMs = 3_600_000

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Tokens named t1, t2, … in the order in which the host gave them. */
function createTokens(more: Partial<RenewingTokensOptions> = {}) {
  let given = 0
  const ends: string[] = []
  const tokens = new RenewingTokens({
    fetchToken: async () => `t${++given}`,
    readFacts: async () => ({
      expiresAt: new Date(Date.now() + hourMs).toISOString(),
      allowedOrigins: [],
    }),
    isAllowed: () => true,
    onEnd: (reason) => ends.push(reason),
    ...more,
  })
  return { tokens, ends, given: () => given }
}

const get = (tokens: RenewingTokens, rejected?: string) => tokens.getToken({ rejected })

describe('a token', () => {
  test('is asked for once, however many requests want it, and kept', async () => {
    const { tokens, given } = createTokens()
    expect(await Promise.all([get(tokens), get(tokens), get(tokens)])).toEqual(['t1', 't1', 't1'])
    expect(await get(tokens)).toBe('t1')
    expect(given()).toBe(1)
  })

  test('is replaced a minute before it expires, without a request noticing', async () => {
    const { tokens, given } = createTokens()
    await get(tokens)
    await vi.advanceTimersByTimeAsync(hourMs - 60_001)
    expect(given()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(given()).toBe(2)
    expect(await get(tokens)).toBe('t2')
  })

  test('that lives shorter than a minute is replaced in the middle of its life, not at once', async () => {
    const { tokens, given } = createTokens({
      readFacts: async () => ({
        expiresAt: new Date(Date.now() + 40_000).toISOString(),
        allowedOrigins: [],
      }),
    })
    await get(tokens)
    await vi.advanceTimersByTimeAsync(19_999)
    expect(given()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(given()).toBe(2)
  })

  test('that the server refused is replaced once, though several requests were refused with it', async () => {
    const { tokens, given } = createTokens()
    await get(tokens)
    expect(await Promise.all([get(tokens, 't1'), get(tokens, 't1')])).toEqual(['t2', 't2'])
    // Late, with what is gone already.
    expect(await get(tokens, 't1')).toBe('t2')
    expect(given()).toBe(2)
  })

  test('is not given out before the server has accepted it', async () => {
    const { tokens } = createTokens({
      readFacts: async (token) => {
        if (token === 't1') throw new Error('401')
        return { expiresAt: null, allowedOrigins: null }
      },
    })
    const waiting = get(tokens)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await waiting).toBe('t2')
  })
})

describe('after three failures', () => {
  test('the session ends, its requests wait, and go on when somebody tries again', async () => {
    let isHostUp = false
    let asked = 0
    const { tokens, ends } = createTokens({
      fetchToken: async () => {
        asked += 1
        if (!isHostUp) throw new Error('no answer')
        return 'fresh'
      },
    })
    const waiting = get(tokens)
    await vi.advanceTimersByTimeAsync(hourMs)
    expect(asked).toBe(3)
    expect(tokens.isWanted()).toBe(true)
    expect(tokens.getEnd()).toBe('session_ended')
    expect(ends).toEqual(['session_ended'])

    isHostUp = true
    tokens.tryAgain()
    expect(await waiting).toBe('fresh')
    expect(tokens.isWanted()).toBe(false)
  })

  test('whoever listens is told of the end and of the new beginning', async () => {
    const { tokens } = createTokens({ fetchToken: () => Promise.reject(new Error('no')) })
    const seen: (string | undefined)[] = []
    tokens.subscribe(() => seen.push(tokens.getEnd()))
    void get(tokens)
    await vi.advanceTimersByTimeAsync(hourMs)
    tokens.tryAgain()
    await vi.advanceTimersByTimeAsync(hourMs)
    expect(seen).toEqual(['session_ended', undefined, 'session_ended'])
  })
})

test('a token that is meant for another page is not used', async () => {
  const { tokens, ends, given } = createTokens({ isAllowed: () => false })
  void get(tokens)
  await vi.advanceTimersByTimeAsync(hourMs)
  expect(ends).toEqual(['origin_refused'])
  expect(given()).toBe(1)
})

test('once forgotten nothing is renewed, not even what was under way', async () => {
  const { tokens, given } = createTokens()
  await get(tokens)
  const late = get(tokens, 't1')
  tokens.forget()
  await late
  await vi.advanceTimersByTimeAsync(24 * hourMs)
  expect(given()).toBe(2)
})

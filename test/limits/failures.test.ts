import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let nowMs: number

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  nowMs = Date.now()
  server = await createTestPosthorn({ rateLimits: { failuresPerMinute: 3 }, trustProxy: 1 })
})

beforeEach(() => {
  nowMs += 61_000
  vi.setSystemTime(nowMs)
})

afterAll(async () => {
  vi.useRealTimers()
  await server.close()
})

let made = 0
/** Of the right form, and never issued. */
const wrongKey = () => `ph_${String(made++).padStart(12, '0')}_${'x'.repeat(43)}`
const ask = async (key: string, address: string) =>
  await server.call('GET', '/v1/session', { key, headers: { 'x-forwarded-for': address } })
const statuses = async (count: number, one: () => Promise<{ status: number }>) => {
  const seen: number[] = []
  for (let request = 0; request < count; request++) seen.push((await one()).status)
  return seen
}

test('who fails too often from one address waits, whatever keys they try', async () => {
  expect(await statuses(4, () => ask(wrongKey(), '192.0.2.1'))).toEqual([401, 401, 401, 429])
  const refused = await ask('nonsense', '192.0.2.1')
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
    429,
    'too_many_failures',
    '60',
  ])
  expect((await ask(wrongKey(), '192.0.2.2')).status).toBe(401)
  vi.setSystemTime(nowMs + 60_000)
  expect((await ask(wrongKey(), '192.0.2.1')).status).toBe(401)
})

test('a valid key passes from the same address', async () => {
  const { key } = await server.createOrganisation()
  await statuses(5, () => ask(wrongKey(), '192.0.2.3'))
  expect((await ask(key, '192.0.2.3')).status).toBe(200)
})

test('who guesses at one key from many addresses waits, and the key itself passes', async () => {
  const { key } = await server.createOrganisation()
  const guess = `${key.slice(0, 16)}${'x'.repeat(43)}`
  let address = 10
  const from = () => ask(guess, `198.51.100.${address++}`)
  expect(await statuses(4, from)).toEqual([401, 401, 401, 429])
  expect((await ask(key, '198.51.100.99')).status).toBe(200)
})

test('guesses at a key that exists and at one that does not are answered alike', async () => {
  const { key } = await server.createOrganisation()
  const guessAt = (prefix: string) => `${prefix}${'x'.repeat(43)}`
  const anonymous = ({ body, headers }: Awaited<ReturnType<typeof ask>>) => ({
    ...body,
    requestId: '',
    challenge: headers.get('www-authenticate'),
  })
  for (let request = 0; request < 4; request++) {
    const real = await ask(guessAt(key.slice(0, 16)), '203.0.113.1')
    const invented = await ask(guessAt('ph_zzzzzzzzzzzz_'), '203.0.113.2')
    expect(anonymous(real)).toEqual(anonymous(invented))
  }
})

test('the addresses of one IPv6 network count together', async () => {
  let host = 1
  const from = (network: string) => () => ask(wrongKey(), `${network}:${(host++).toString(16)}`)
  expect(await statuses(4, from('2001:db8:0:1:'))).toEqual([401, 401, 401, 429])
  expect(await statuses(1, from('2001:db8:0:2:'))).toEqual([401])
})

test('a request without credentials is no failure', async () => {
  const without = () => ask('', '203.0.113.9')
  expect(await statuses(5, without)).toEqual([401, 401, 401, 401, 401])
})

import { describe, expect, test } from 'vitest'
import { readEnvironment } from '../server/env.ts'
import { type PosthornOptions, resolveOptions as resolve } from '../server/options.ts'
import { encryptionKeys } from './support/encryption-keys.ts'

const database = 'postgres://localhost/test'
const resolveOptions = (options: PosthornOptions) => resolve({ encryptionKeys, ...options })
const disableAfterMs = (value?: number) =>
  resolveOptions({
    database,
    dispatcher: value === undefined ? {} : { disableAfterMs: value },
  }).dispatcher.disableAfterMs

test('X-Forwarded-For is believed of so many proxies as are said, none unless it is said', () => {
  const trustProxy = (value?: number | false) =>
    resolveOptions({ database, ...(value !== undefined && { trustProxy: value }) }).trustProxy
  expect([trustProxy(), trustProxy(false), trustProxy(2)]).toEqual([false, false, 2])
  for (const wrong of [0, -1, 1.5]) expect(() => trustProxy(wrong)).toThrow(/trustProxy.*or false/)
  const fromEnv = (text: string) =>
    readEnvironment({ POSTHORN_TRUST_PROXY: text }).options.trustProxy
  expect([fromEnv(''), fromEnv('0'), fromEnv('1')]).toEqual([false, false, 1])
})

test('limits have generous defaults, one may be set without the others, and 0 is a limit like any', () => {
  const limits = (options: PosthornOptions) => resolveOptions(options).limits
  expect(limits({ database })).toEqual({
    rateLimits: {
      readsPerMinute: 6000,
      writesPerMinute: 1200,
      eventsPerMinute: 600_000,
      failuresPerMinute: 100,
    },
    quotas: { eventsPerSecond: 2000, eventsBurst: 20_000, subscriptions: 1000, backlog: 1_000_000 },
  })
  const some = limits({ database, quotas: { backlog: 0 }, rateLimits: { readsPerMinute: 1 } })
  expect([some.quotas.backlog, some.quotas.subscriptions]).toEqual([0, 1000])
  expect([some.rateLimits.readsPerMinute, some.rateLimits.writesPerMinute]).toEqual([1, 1200])
  expect(() => limits({ database, quotas: { backlog: -1 } })).toThrow(/quotas\.backlog: is -1/)
  expect(limits({ database, ...readEnvironment({}).options, encryptionKeys })).toEqual(
    limits({ database }),
  )
  const { options } = readEnvironment({
    POSTHORN_RATE_LIMIT_EVENTS: '7',
    POSTHORN_QUOTA_SUBSCRIPTIONS: '0',
  })
  expect(options.rateLimits?.eventsPerMinute).toBe(7)
  expect(options.quotas?.subscriptions).toBe(0)
})

test('the audit log is kept for 400 days, or what is said', () => {
  const days = (audit?: number) =>
    resolveOptions({ database, retentionDays: audit === undefined ? {} : { audit } }).retentionDays
      .audit
  expect([days(), days(7)]).toEqual([400, 7])
  expect(() => days(0)).toThrow(/retentionDays\.audit/)
  const env = readEnvironment({ POSTHORN_RETENTION_AUDIT_DAYS: '30' })
  expect(env.options.retentionDays?.audit).toBe(30)
})

describe('the time after which a failing subscription is disabled', () => {
  test('is five days, or what is said, or never', () => {
    expect(disableAfterMs()).toBe(5 * 86_400_000)
    expect(disableAfterMs(1000)).toBe(1000)
    expect(disableAfterMs(0)).toBe(0)
  })

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('is not %s', (value) => {
    expect(() => disableAfterMs(value)).toThrow(/dispatcher\.disableAfterMs.*0 for never/)
  })

  test('comes in hours from the environment', () => {
    const ms = (hours: string) =>
      readEnvironment({ POSTHORN_DISABLE_AFTER_HOURS: hours }).options.dispatcher?.disableAfterMs
    expect(ms('')).toBe(120 * 3_600_000)
    expect(ms('0')).toBe(0)
    expect(ms('12')).toBe(12 * 3_600_000)
    expect(() => ms('-1')).toThrow(/POSTHORN_DISABLE_AFTER_HOURS is "-1"/)
  })
})

describe('the origins that may hold the console in a frame', () => {
  const frameAncestors = (...origins: string[]) =>
    resolveOptions({ database, console: { frameAncestors: origins } }).frameAncestors

  test('are none, or those that are named', () => {
    expect(frameAncestors()).toEqual([])
    expect(frameAncestors('self', 'https://app.example.com', 'https://*.example.com:8443')).toEqual(
      ["'self'", 'https://app.example.com', 'https://*.example.com:8443'],
    )
  })

  test.each([
    '*',
    "'unsafe-inline'",
    'app.example.com',
    'https://app.example.com/',
    'https://a.example; script-src *',
    'https://a.example https://b.example',
    'javascript:alert(1)',
    '',
  ])('are not %j', (origin) => {
    expect(() => frameAncestors(origin)).toThrow(/console\.frameAncestors: .* is not an origin/)
  })

  test('are all named when they are wrong, together with what else is', () => {
    expect(() =>
      resolveOptions({ database: '', console: { frameAncestors: ['*', 'nowhere'] } }),
    ).toThrow(/database.*"\*" is not.*"nowhere" is not/s)
  })

  test('come separated by commas from the environment', () => {
    const { options } = readEnvironment({
      POSTHORN_CONSOLE_FRAME_ANCESTORS: 'self, https://app.example.com',
    })
    expect(options.console?.frameAncestors).toEqual(['self', 'https://app.example.com'])
    expect(readEnvironment({}).options.console?.frameAncestors).toEqual([])
  })
})

test('whose pages may call the API is a list of origins', () => {
  expect(resolveOptions({ database }).corsOrigins).toEqual([])
  const corsOrigins = ['https://a.example', '*', 'https://b.example/']
  expect(() => resolveOptions({ database, corsOrigins })).toThrow(
    /corsOrigins: "\*" is not an origin.*\ncorsOrigins: "https:\/\/b\.example\/" is not/,
  )
})

test('mistakes in what is said of JWTs stand beside the others', () => {
  const jwt = { issuer: 'a', audience: 'b', secret: 'short' }
  expect(() => resolveOptions({ database: '', jwt })).toThrow(/database: .*\njwt\.secret: /)
})

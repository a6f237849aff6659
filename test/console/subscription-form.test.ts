import type { Subscription } from '@posthorn/sdk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pathsOf } from '../../admin-ui/src/subscriptions/form/example-paths.ts'
import {
  fromFilter,
  noFilter,
  type SubscriptionFilter,
  toFilter,
} from '../../admin-ui/src/subscriptions/form/filter-draft.ts'
import { toFieldErrors } from '../../admin-ui/src/subscriptions/form/form-errors.ts'
import {
  changesBetween,
  emptyForm,
  fromSubscription,
  toInput,
  toSettings,
} from '../../admin-ui/src/subscriptions/form/form-values.ts'
import {
  attemptOffsetsMs,
  parseWait,
  printWait,
} from '../../admin-ui/src/subscriptions/form/retry-schedule.ts'

const subscription: Subscription = {
  id: '018f5b1e-0000-7000-8000-000000000001',
  organisationId: '018f5b1e-0000-7000-8000-000000000002',
  uid: 'crm',
  mode: 'webhook',
  url: 'https://example.com/in',
  description: 'CRM',
  entityTypes: ['Issue'],
  eventTypes: ['Issue*'],
  entityIds: null,
  filter: {
    all: [
      { path: 'cost', greaterThan: 100 },
      { path: 'code', equals: '7' },
    ],
  },
  headers: { authorization: 'Bearer x' },
  retry: { scheduleSeconds: [5, 90, 3600] },
  timeoutMs: 1500,
  rateLimit: 10,
  signing: 'ed25519',
  publicKey: 'whpk_',
  ordering: 'entity',
  metadata: { team: 'a' },
  status: 'active',
  disabledReason: null,
  problem: null,
  revision: 3,
  health: {
    failingSince: null,
    consecutiveFailures: 0,
    lastSuccessAt: null,
    lastFailureAt: null,
    lastOutcome: null,
    lastError: null,
  },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
}

test('a stored subscription comes out of the form as it went in', () => {
  const { url, description, uid, entityTypes, eventTypes, entityIds, filter } = subscription
  const { headers, retry, timeoutMs, rateLimit, ordering, metadata, signing } = subscription
  expect(toSettings(fromSubscription(subscription))).toEqual({
    ...{ url, description, uid, entityTypes, eventTypes, entityIds, filter },
    ...{ headers, retry, timeoutMs, rateLimit, ordering, metadata, signing },
  })
})

test('an empty form asks for everything, the standard way', () => {
  expect(toInput({ ...emptyForm, url: ' https://example.com ' }, null)).toEqual({
    url: 'https://example.com',
    mode: 'webhook',
    organisationId: null,
    ...{ description: null, entityTypes: null, eventTypes: null, entityIds: null, filter: null },
    ...{ retry: null, timeoutMs: null, rateLimit: null, ordering: 'none', signing: 'hmac' },
    ...{ headers: {}, metadata: {} },
  })
})

test('only settings that differ are sent', () => {
  const before = toSettings(fromSubscription(subscription))
  expect(changesBetween(before, before)).toEqual({})
  expect(changesBetween(before, { ...before, rateLimit: null, eventTypes: ['Issue*'] })).toEqual({
    rateLimit: null,
  })
})

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
const condition = fc.oneof(
  fc.record({ path: fc.string({ minLength: 1 }), equals: scalar }),
  fc.record({ path: fc.constant('a.b'), in: fc.array(scalar, { minLength: 1 }) }),
  fc.record({ path: fc.constantFrom('a', ' a'), startsWith: fc.string() }),
  fc.record({ path: fc.constant('a'), exists: fc.boolean() }),
)
const filter = fc.oneof(
  condition,
  fc.record({ all: fc.array(condition, { minLength: 1 }) }),
  fc.record({ any: fc.array(condition, { minLength: 1 }) }),
  fc.record({ not: condition }),
) as fc.Arbitrary<SubscriptionFilter>

test('whatever a filter says, the form says the same', () => {
  fc.assert(
    fc.property(filter, (stored) => {
      const again = toFilter(fromFilter(stored))
      expect(unwrap(again)).toEqual(unwrap(stored))
    }),
  )
})

/** A group of one says what its member says. */
function unwrap(stored: SubscriptionFilter | null): unknown {
  if (stored === null) return null
  const members = 'all' in stored ? stored.all : 'any' in stored ? stored.any : []
  return members.length === 1 ? members[0] : stored
}

test('what rows cannot say is shown as JSON', () => {
  expect(fromFilter({ not: { path: 'a', equals: 1 } }).asJson).toBe(true)
  expect(fromFilter({ path: ['a.b'], equals: 1 }).asJson).toBe(true)
  expect(fromFilter({ path: 'a', in: ['x, y'] }).asJson).toBe(true)
})

test('a value that looks like a number is one, and a text in quotes', () => {
  const row = { key: '1', path: 'a', operator: 'equals' as const }
  const say = (value: string) => toFilter({ ...noFilter, conditions: [{ ...row, value }] })
  expect(say('7')).toEqual({ path: 'a', equals: 7 })
  expect(say('"7"')).toEqual({ path: 'a', equals: '7' })
  expect(say('null')).toEqual({ path: 'a', equals: null })
  expect(say('open')).toEqual({ path: 'a', equals: 'open' })
})

test('waits are read as they are printed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 604_800 }), (seconds) => {
      expect(parseWait(printWait(seconds))).toBe(seconds)
    }),
  )
  expect(parseWait('soon')).toBeUndefined()
  expect(attemptOffsetsMs([5, 60])).toEqual([0, 5000, 65_000])
})

test('what the server says of a field stands at the field, with what it is about', () => {
  const values = { ...emptyForm, eventTypes: ['Issue*', 'a b'] }
  const errors = toFieldErrors(
    [
      { field: 'eventTypes.1', message: 'is not an event type' },
      { field: 'headers.host', message: 'is set by Posthorn', fix: 'Choose another name.' },
      { field: 'timeoutMs', message: 'is too small' },
      { field: 'unknown', message: 'is not a known field' },
    ],
    values,
  )
  expect(errors).toEqual({
    eventTypes: 'a b is not an event type',
    headers: 'host is set by Posthorn – Choose another name.',
    timeoutSeconds: 'is too small',
  })
})

test('the places of an example are offered, but not those that need JSON', () => {
  expect(pathsOf([{ a: { b: 1, 'c.d': 2 }, e: [1] }, null])).toEqual(['a.b', 'e'])
})

import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { compileSubscription } from '../../server/subscriptions/compile-subscription.ts'
import { newKeyPair } from '../../server/subscriptions/key-pair.ts'
import { newSecret } from '../../server/subscriptions/secret.ts'
import type { SubscriptionRow } from '../../server/subscriptions/store.ts'

const organisationId = randomUUID()
const mixed = newKeyPair().slice(0, 45) + newKeyPair().slice(45)

const row = (settings: Partial<SubscriptionRow> = {}): SubscriptionRow => ({
  id: randomUUID(),
  organisationId,
  uid: null,
  mode: 'webhook',
  url: 'https://example.com/hook?a=1',
  description: null,
  entityTypes: null,
  eventTypes: null,
  entityIds: null,
  filter: null,
  status: 'active',
  disabledReason: null,
  secret: newSecret(),
  signing: 'hmac',
  previousSecrets: [],
  headers: {},
  retryScheduleSeconds: null,
  timeoutMs: null,
  rateLimit: null,
  ordering: 'none',
  metadata: {},
  revision: 1,
  createdAt: new Date(),
  updatedAt: new Date(),
  deletedAt: null,
  health: null,
  ...settings,
})

function exhausted(data: Record<string, unknown> = {}) {
  return {
    organisationId,
    entityType: 'Delivery',
    entityId: randomUUID(),
    eventType: 'DeliveryExhausted',
    data: () => ({ subscriptionId: randomUUID(), platform: false, ...data }),
  }
}

function disabled(entityId: string = randomUUID()) {
  return {
    organisationId,
    entityType: 'Subscription',
    entityId,
    eventType: 'SubscriptionDisabled',
    data: () => ({ reason: 'gone' }),
  }
}

describe('events of Posthorn itself', () => {
  const asking: [string, Partial<SubscriptionRow>, boolean][] = [
    ['without filters', {}, false],
    ['with * for event types', { eventTypes: ['*'] }, false],
    ['with only stars', { eventTypes: ['**'] }, false],
    ['with another event type beside *', { eventTypes: ['*', 'IssueCreated'] }, false],
    ['with the event type', { eventTypes: ['DeliveryExhausted'] }, true],
    ['with a pattern that covers it', { eventTypes: ['Delivery*'] }, true],
    ['with a pattern that does not', { eventTypes: ['Issue*'] }, false],
    ['with the entity type', { entityTypes: ['Delivery'] }, true],
    [
      'with the entity type, but another event type',
      { entityTypes: ['Delivery'], eventTypes: ['X'] },
      false,
    ],
    [
      'with the event type, but another entity',
      { eventTypes: ['Delivery*'], entityIds: [randomUUID()] },
      false,
    ],
    ['of the platform without filters', { organisationId: null }, true],
    ['of the platform for something else', { organisationId: null, entityTypes: ['Issue'] }, false],
  ]
  test.each(asking)('a subscription %s', (_what, settings, hears) => {
    expect(compileSubscription(row(settings)).matches(exhausted())).toBe(hears)
  })

  test('are never heard by the subscription that they are about', () => {
    for (const settings of [
      { eventTypes: ['Delivery*', 'Subscription*'] },
      { organisationId: null },
    ]) {
      const own = row(settings)
      const { matches } = compileSubscription(own)
      expect(matches(exhausted({ subscriptionId: own.id }))).toBe(false)
      expect(matches(disabled(own.id))).toBe(false)
      expect(matches(disabled())).toBe(true)
    }
  })

  test('about subscriptions of the platform are heard by the platform only', () => {
    const event = exhausted({ platform: true })
    expect(compileSubscription(row({ eventTypes: ['Delivery*'] })).matches(event)).toBe(false)
    expect(compileSubscription(row({ organisationId: null })).matches(event)).toBe(true)
  })
})

describe('a row that somebody put there by hand', () => {
  const broken: [string, Partial<SubscriptionRow>, RegExp][] = [
    ['a URL that is none', { url: 'not a url' }, /URL/],
    ['a URL of another scheme', { url: 'file:///etc/passwd' }, /URL/],
    ['a secret that is none', { secret: 'hunter2' }, /secret/],
    ['an undecodable secret', { secret: 'whsec_!!!!' }, /secret/],
    ['a broken previous secret', { previousSecrets: [{ secret: 'x', expiresAt: '' }] }, /secret/],
    ['a signing that is none', { signing: 'rsa' }, /signing, rsa/],
    ['a secret of another signing', { signing: 'ed25519' }, /signing, ed25519/],
    ['a private key among secrets', { secret: newKeyPair() }, /signing, hmac/],
    ['half a key pair', { signing: 'ed25519', secret: newKeyPair().slice(0, 49) }, /secret/],
    ['halves of two key pairs', { signing: 'ed25519', secret: mixed }, /secret/],
    ['headers that are a list', { headers: ['a'] }, /headers/],
    ['headers that are numbers', { headers: { a: 1 } }, /headers/],
    ['a filter that is a text', { filter: 'all of them' }, /filter/],
    ['a filter with an unknown operator', { filter: { path: 'a', resembles: 1 } }, /filter/],
    ['a filter whose group is no list', { filter: { all: 7 } }, /filter/],
    ['a status that is none', { status: 'sleeping' }, /status/],
  ]
  test.each(broken)(
    'with %s is unusable, says why and hears nothing',
    (_what, settings, reason) => {
      const subscription = compileSubscription(row({ ...settings, organisationId: null }))
      expect(subscription.status).toBe('unusable')
      expect(subscription.unusableReason).toMatch(reason)
      expect(subscription.matches(disabled())).toBe(false)
    },
  )

  test('keeps what it holds while it is stopped', () => {
    for (const status of ['paused', 'disabled']) {
      expect(compileSubscription(row({ status, secret: '' })).status).toBe(status)
    }
    expect(compileSubscription(row({ deletedAt: new Date(), secret: '' })).status).toBe('deleted')
  })

  test('is usable like any other when it is in order', () => {
    expect(compileSubscription(row())).toMatchObject({
      status: 'active',
      unusableReason: null,
      origin: 'https://example.com',
      path: '/hook?a=1',
    })
  })
})

import type { Subscription } from '@posthorn/sdk'
import { expect, test } from 'vitest'
import {
  lastDeliveryAt,
  nameOf,
  pathOf,
  stateOf,
} from '../../admin-ui/src/subscriptions/describe-subscription.ts'

const health: Subscription['health'] = {
  failingSince: null,
  consecutiveFailures: 0,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastOutcome: null,
  lastError: null,
}

function state(status: Subscription['status'], fares: Partial<Subscription['health']> = {}) {
  const described = { status, problem: null, health: { ...health, ...fares } }
  return stateOf(described as Subscription)
}

const at = '2026-01-01T00:00:00.000Z'
const later = '2026-01-02T00:00:00.000Z'

test('what is paused or disabled is called that, however it fares', () => {
  expect(state('paused', { failingSince: at, consecutiveFailures: 9 })).toBe('paused')
  expect(state('disabled', { lastSuccessAt: at })).toBe('disabled')
})

test('an active one is what its last attempts were', () => {
  expect(state('active')).toBe('unused')
  expect(state('active', { lastSuccessAt: at })).toBe('active')
  expect(state('active', { failingSince: at, consecutiveFailures: 1 })).toBe('degraded')
  expect(state('active', { failingSince: at, consecutiveFailures: 5 })).toBe('failing')
})

test('an active one whose last failure is later than its last success does not pass for well', () => {
  expect(state('active', { lastSuccessAt: at, lastFailureAt: later })).toBe('degraded')
  expect(state('active', { lastSuccessAt: later, lastFailureAt: at })).toBe('active')
  expect(state('active', { lastFailureAt: at })).toBe('degraded')
})

test('the last delivery is the later of the last success and the last failure', () => {
  const described = { health: { ...health, lastSuccessAt: later, lastFailureAt: at } }
  expect(lastDeliveryAt(described as Subscription)).toBe(later)
  expect(lastDeliveryAt({ health } as Subscription)).toBeNull()
})

test('a subscription without a description is called by its URL, or by its own name', () => {
  const named = { id: '1', uid: 'crm' }
  expect(nameOf({ ...named, description: null, url: null })).toBe('crm')
  expect(nameOf({ ...named, description: null, url: 'https://a.example/in?x=1' })).toBe(
    'a.example/in?x=1',
  )
  expect(nameOf({ ...named, description: 'CRM', url: 'https://a.example' })).toBe('CRM')
  expect(pathOf('https://a.example/in?x=1')).toBe('/in?x=1')
})

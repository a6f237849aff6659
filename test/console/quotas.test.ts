import type { Organisation } from '@posthorn/sdk'
import { expect, test } from 'vitest'
import { toInput, toValues } from '../../admin-ui/src/organisations/organisation-values.ts'
import { quotaStateOf } from '../../admin-ui/src/overview/quota-state.ts'

test('a quota is nearly met from four fifths on, and met when nothing is left', () => {
  expect(quotaStateOf({ used: 79, limit: 100 })).toBe('free')
  expect(quotaStateOf({ used: 80, limit: 100 })).toBe('tight')
  expect(quotaStateOf({ used: 100, limit: 100 })).toBe('met')
  expect(quotaStateOf({ used: 1_000_000, limit: 0 })).toBe('free')
})

test('only the quotas that were changed are sent, and an empty one gives the default back', () => {
  const before = toValues({
    id: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
    name: null,
    quotas: { subscriptions: 50, backlog: null, eventsPerSecond: 5, eventsBurst: null },
  } as Organisation)
  const values = { ...before, name: ' Acme ' }
  expect(toInput(values, before)).toEqual({ name: 'Acme' })
  const quotas = { ...before.quotas, subscriptions: 0, eventsPerSecond: '' as const }
  expect(toInput({ ...values, quotas }, before)).toEqual({
    name: 'Acme',
    quotas: { subscriptions: 0, eventsPerSecond: null },
  })
})

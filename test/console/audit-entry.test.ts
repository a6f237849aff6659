import { describe, expect, test } from 'vitest'
import { changesOf } from '../../admin-ui/src/audit/changes.ts'
import { momentOfId } from '../../admin-ui/src/audit/moment-of-id.ts'
import { targetNameOf } from '../../admin-ui/src/audit/target-name.ts'
import { verbOf } from '../../admin-ui/src/audit/verb-of.ts'

describe('the fields that an entry of the audit log changed', () => {
  test('are told apart from those that stayed', () => {
    const before = { url: 'https://a.example', timeoutMs: 1000 }
    const after = { url: 'https://b.example', timeoutMs: 1000 }
    expect(changesOf(before, after)).toEqual([
      { field: 'url', before: 'https://a.example', after: 'https://b.example' },
    ])
  })

  test('are those that were set when the thing is new, and when it is gone', () => {
    const facts = { name: 'n8n', scopes: ['admin'], expiresAt: null }
    expect(changesOf(null, facts).map(({ field }) => field)).toEqual(['name', 'scopes'])
    expect(changesOf(facts, null).every(({ after }) => after === undefined)).toBe(true)
  })

  test('say nothing where there was or is nothing', () => {
    expect(changesOf({ description: null }, { description: 'x' })).toEqual([
      { field: 'description', before: undefined, after: 'x' },
    ])
  })

  test('are told one by one within quotas, and as a list of texts', () => {
    const before = { quotas: { subscriptions: null, backlog: 5 }, scopes: ['events:read'] }
    const after = { quotas: { subscriptions: 50, backlog: 5 }, scopes: ['events:read', 'admin'] }
    expect(changesOf(before, after)).toEqual([
      { field: 'quotas.subscriptions', before: undefined, after: '50' },
      { field: 'scopes', before: 'events:read', after: 'events:read, admin' },
    ])
  })

  test('are told of secrets, too, though nothing of them is shown', () => {
    const facts = { secret: '[secret]' }
    expect(changesOf(facts, facts)).toEqual([
      { field: 'secret', before: '[secret]', after: '[secret]' },
    ])
  })
})

test('an entry is looked for in the millisecond that its id names', () => {
  expect(momentOfId('019a9d2e-5c00-7000-8000-000000000001')).toEqual({
    since: new Date(0x019a9d2e5c00).toISOString(),
    until: new Date(0x019a9d2e5c01).toISOString(),
  })
})

describe('an entry as a sentence', () => {
  const facts = { before: null, after: null }

  test('calls things by the names that they had', () => {
    const key = {
      ...facts,
      targetKind: 'api_key',
      targetId: '019a9d2e-5c00-7000-8000-000000000001',
    }
    expect(targetNameOf({ ...key, after: { name: 'n8n', prefix: 'ph_a' } })).toBe('n8n')
    expect(targetNameOf({ ...key, before: { name: 'gone' } })).toBe('gone')
    expect(targetNameOf(key)).toBeUndefined()
    const triggers = { ...facts, targetKind: 'triggers', targetId: 'public.issues' }
    expect(targetNameOf({ ...triggers, after: { name: 'x' } })).toBe('public.issues')
  })

  test('tells naming an organisation from giving it quotas', () => {
    const action = 'organisation.updated'
    const quotas = { subscriptions: 50 }
    expect(verbOf({ action, before: null, after: { name: 'Acme' } })).toBe(action)
    expect(verbOf({ action, before: { quotas: {} }, after: { quotas } })).not.toBe(action)
    expect(verbOf({ action, before: null, after: { name: 'Acme', quotas } })).toBe(action)
  })
})

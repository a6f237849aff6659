import { describe, expect, test } from 'vitest'
import { changesOf } from '../../admin-ui/src/audit/changes.ts'
import { momentOfId } from '../../admin-ui/src/audit/moment-of-id.ts'

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

  test('say null when it was or became so', () => {
    expect(changesOf({ description: null }, { description: 'x' })).toEqual([
      { field: 'description', before: 'null', after: 'x' },
    ])
  })
})

test('an entry is looked for in the millisecond that its id names', () => {
  expect(momentOfId('019a9d2e-5c00-7000-8000-000000000001')).toEqual({
    since: new Date(0x019a9d2e5c00).toISOString(),
    until: new Date(0x019a9d2e5c01).toISOString(),
  })
})

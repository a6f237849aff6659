import { expect, test } from 'vitest'
import { stateOf } from '../../admin-ui/src/keys/credential-state.ts'

const now = '2026-01-31T09:30:00.000Z'
const nowMs = Date.parse(now)
const later = '2026-01-31T09:30:00.001Z'

test('a credential is valid until the moment it expires', () => {
  expect(stateOf({ expiresAt: later, revokedAt: null }, nowMs)).toBe('active')
  expect(stateOf({ expiresAt: now, revokedAt: null }, nowMs)).toBe('expired')
  expect(stateOf({ expiresAt: null, revokedAt: null }, nowMs)).toBe('active')
})

test('a revoked credential is called revoked, expired or not', () => {
  expect(stateOf({ expiresAt: now, revokedAt: now }, nowMs)).toBe('revoked')
  expect(stateOf({ expiresAt: null, revokedAt: now }, nowMs)).toBe('revoked')
})

import { expect, test } from 'vitest'
import { previousUntil, stateOf } from '../../admin-ui/src/keys/credential-state.ts'

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

test('a key that ends soon says so, however its end is written', () => {
  const soon = '2026-02-01T10:30:00.000+01:00'
  expect(stateOf({ expiresAt: soon, revokedAt: null }, nowMs, 86_400_000)).toBe('expiring')
  expect(stateOf({ expiresAt: soon, revokedAt: null }, nowMs, 86_399_999)).toBe('active')
})

test('the key as it was before its rotation is told of while it is good', () => {
  const rotated = { expiresAt: null, revokedAt: null, previousSecretExpiresAt: later }
  expect(previousUntil(rotated, nowMs)).toBe(later)
  expect(previousUntil(rotated, nowMs + 1)).toBeUndefined()
  expect(previousUntil({ ...rotated, revokedAt: now }, nowMs)).toBeUndefined()
  expect(previousUntil({ ...rotated, expiresAt: now }, nowMs)).toBeUndefined()
  expect(previousUntil({ ...rotated, previousSecretExpiresAt: null }, nowMs)).toBeUndefined()
})

import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newEncryptionKey, resolveKeyring } from '../../server/kernel/encryption-keys.ts'
import type { FieldIssue } from '../../server/kernel/errors.ts'
import { Keyring } from '../../server/kernel/keyring.ts'

const [one, two] = [randomBytes(32), randomBytes(32)]
const keyring = new Keyring(
  new Map([
    ['k2', two],
    ['k1', one],
  ]),
)
const place = { table: 'subscriptions', organisationId: 'o1', id: 's1', column: 'secret' }

test('what was sealed opens again, and is never the same text twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const sealed = keyring.seal(text, place)
      expect(sealed).toMatch(/^sealed1\.k2\./)
      expect(keyring.open(sealed, place)).toBe(text)
      expect(keyring.seal(text, place)).not.toBe(sealed)
    }),
  )
})

test('a text with any bit changed, or a byte cut off, does not open', () => {
  const sealed = keyring.seal('whsec_abc', place)
  const [, , blob = ''] = sealed.split('.')
  const bytes = Buffer.from(blob, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => keyring.open(`sealed1.k2.${changed.toString('base64url')}`, place)).toThrow('k2')
  }
  for (let length = 0; length < bytes.length; length++) {
    const cut = bytes.subarray(0, length).toString('base64url')
    expect(() => keyring.open(`sealed1.k2.${cut}`, place)).toThrow()
  }
})

test.each([
  ['table', { ...place, table: 'api_keys' }],
  ['organisation', { ...place, organisationId: 'o2' }],
  ['row', { ...place, id: 's2' }],
  ['column', { ...place, column: 'previous_secret' }],
])('a text that was moved to another %s does not open', (_what, elsewhere) => {
  expect(() => keyring.open(keyring.seal('x', place), elsewhere)).toThrow('does not open')
})

test('an older key opens what it has sealed; without it the error names the key, and no secret', () => {
  const sealed = new Keyring(new Map([['k1', one]])).seal('whsec_old', place)
  expect(keyring.open(sealed, place)).toBe('whsec_old')
  expect(() => new Keyring(new Map([['k2', two]])).open(sealed, place)).toThrow(/"k1".*add it/)
  expect(() => new Keyring().open(sealed, place)).toThrow('k1')
})

test('without keys texts are stored as they are, and what was stored so is read with keys too', () => {
  expect(new Keyring().seal('whsec_plain', place)).toBe('whsec_plain')
  expect(keyring.open('whsec_plain', place)).toBe('whsec_plain')
})

test('every mistake in the keys is listed at once, and none repeats a key', () => {
  const issues: FieldIssue[] = []
  const short = Buffer.from('canary-of-a-key').toString('base64')
  const good = newEncryptionKey(Date.UTC(2026, 0, 2))
  const encryptionKeys = [good, good, `k9:${short}`, 'canary-without-name', `a b:${short}`]
  resolveKeyring({ encryptionKeys }, issues)
  expect(issues.map(({ field }) => field)).toEqual([1, 2, 3, 4].map((n) => `encryptionKeys.${n}`))
  expect(JSON.stringify(issues)).not.toContain(short)
  expect(JSON.stringify(issues)).not.toContain('canary')
  expect(good).toMatch(/^k20260102-[0-9a-f]{4}:/)
})

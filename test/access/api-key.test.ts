import { expect, test } from 'vitest'
import {
  digestSecret,
  generateApiKey,
  isSameDigest,
  parseApiKey,
} from '../../server/access/api-key.ts'

test('a generated key has the documented format and comes apart again', () => {
  const { apiKey, prefix, secretDigest } = generateApiKey()
  expect(apiKey).toMatch(/^ph_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}$/)
  const parts = parseApiKey(apiKey)
  expect(parts?.prefix).toBe(prefix)
  expect(digestSecret(parts?.secret ?? '')).toBe(secretDigest)
  expect(secretDigest).toMatch(/^[0-9a-f]{64}$/)
})

test('no two keys share a half', () => {
  const keys = Array.from({ length: 1000 }, generateApiKey)
  expect(new Set(keys.map((key) => key.prefix)).size).toBe(1000)
  expect(new Set(keys.map((key) => key.secretDigest)).size).toBe(1000)
})

test('every character is as likely as any other', () => {
  const text = Array.from({ length: 2000 }, () => generateApiKey().apiKey.slice(16)).join('')
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  expect(counts.size).toBe(62)
  // 86,000 characters, 1,387 expected of each, standard deviation 37; a modulo bias would give the first eight 25 % more.
  for (const count of counts.values()) expect(Math.abs(count - 1387)).toBeLessThan(6 * 37)
})

const valid = `ph_${'a'.repeat(12)}_${'b'.repeat(43)}`

test.each([
  '',
  'ph_',
  valid.slice(0, -1),
  `${valid}x`,
  `${valid}\n`,
  valid.replace('ph_', 'PH_'),
  valid.replace('b', '-'),
  valid.replace('b', 'é'),
  `x${valid}`,
])('"%s" is not a key', (text) => {
  expect(parseApiKey(text)).toBeUndefined()
})

test('digests are compared whole, and none is the same as something that is no digest', () => {
  const digest = digestSecret('one')
  expect(isSameDigest(digest, digest)).toBe(true)
  expect(isSameDigest(digest, digestSecret('two'))).toBe(false)
  expect(isSameDigest('', '')).toBe(false)
  expect(isSameDigest(digest, digest.slice(0, 32))).toBe(false)
})

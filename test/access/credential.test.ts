import { expect, test } from 'vitest'
import {
  digestSecret,
  generateCredential,
  isSameDigest,
  parseCredential,
} from '../../server/access/credential.ts'

test.each([
  ['ph', 'api_key'],
  ['pht', 'portal_token'],
] as const)(
  'what is generated with %s has the documented format and comes apart again',
  (tag, kind) => {
    const { text, prefix, secretDigest } = generateCredential(tag)
    expect(text).toMatch(new RegExp(`^${tag}_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$`))
    const parts = parseCredential(text)
    expect(parts).toMatchObject({ kind, prefix })
    expect(digestSecret(parts?.secret ?? '')).toBe(secretDigest)
    expect(secretDigest).toMatch(/^[0-9a-f]{64}$/)
  },
)

test('no two keys share a half', () => {
  const keys = Array.from({ length: 1000 }, () => generateCredential('ph'))
  expect(new Set(keys.map((key) => key.prefix)).size).toBe(1000)
  expect(new Set(keys.map((key) => key.secretDigest)).size).toBe(1000)
})

test('every character is as likely as any other', () => {
  const text = Array.from({ length: 2000 }, () => generateCredential('ph').text.slice(16, 59)).join(
    '',
  )
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
  valid.replace('ph_', 'phx_'),
  valid.replace('b', '-'),
  valid.replace('b', 'é'),
  `x${valid}`,
])('"%s" is not a key', (text) => {
  expect(parseCredential(text)).toBeUndefined()
})

test('one wrong character is noticed by the checksum, and a key without one is a key', () => {
  const { text, secretDigest } = generateCredential('ph')
  for (let position = 3; position < text.length; position++) {
    if (position === 15) continue
    const wrong = text[position] === 'a' ? 'b' : 'a'
    expect(
      parseCredential(text.slice(0, position) + wrong + text.slice(position + 1)),
    ).toBeUndefined()
  }
  expect(digestSecret(parseCredential(text.slice(0, -6))?.secret ?? '')).toBe(secretDigest)
})

test('the checksum is the CRC-32 of what stands before it, in base 62', () => {
  expect(parseCredential(`ph_AAAAAAAAAAAA_${'B'.repeat(43)}0LNuty`)).toMatchObject({
    prefix: 'ph_AAAAAAAAAAAA',
  })
})

test('digests are compared whole, and none is the same as something that is no digest', () => {
  const digest = digestSecret('one')
  expect(isSameDigest(digest, digest)).toBe(true)
  expect(isSameDigest(digest, digestSecret('two'))).toBe(false)
  expect(isSameDigest('', '')).toBe(false)
  expect(isSameDigest(digest, digest.slice(0, 32))).toBe(false)
})

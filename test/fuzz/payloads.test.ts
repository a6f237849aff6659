import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let key: string

beforeAll(async () => {
  server = await createTestPosthorn()
  key = (await server.createOrganisation()).key
})

afterAll(async () => {
  // Whatever came: nothing of it reached the objects of everybody, and the next event gets in.
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as { admin?: unknown }).admin).toBeUndefined()
  expect((await post(JSON.stringify(issueEvent()))).status).toBe(202)
  await server.close()
})

const post = (rawBody: string | Uint8Array, headers: Record<string, string> = {}) =>
  server.call('POST', '/v1/events', { key, rawBody, headers })

/** An event, the text of whose data is given. */
const withData = (data: string) =>
  JSON.stringify(issueEvent({ eventType: 'IssueDeleted', data: 0 })).replace(
    '"data":0',
    `"data":${data}`,
  )
const withField = (field: string) => withData('{}').replace(/\}$/, `,${field}}`)
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)))
const dataOfBytes = (...raw: number[]) => {
  const [before = '', after = ''] = withData('{"a":"@"}').split('@')
  return bytes(before, raw, after)
}

test.each<[string, string, unknown?]>([
  ['the largest double', '{"a":1e308}'],
  ['the smallest double', '{"a":5e-324}'],
  ['minus zero, which Postgres has as zero', '{"a":-0}', { a: 0 }],
  ['an integer of 20 digits', '{"a":12345678901234567890}'],
  ['a number of 1,000 digits', `{"a":0.${'9'.repeat(999)}}`],
  ['__proto__ as a key', '{"__proto__":{"admin":true}}'],
  ['constructor and prototype as keys', '{"constructor":{"prototype":{"admin":true}}}'],
  [
    'the names of methods as keys',
    '{"then":1,"toJSON":2,"valueOf":null,"toString":1,"hasOwnProperty":"x"}',
  ],
  ['an empty key', '{"":{"":1}}'],
  ['a key of 5,000 characters', `{"${'k'.repeat(5_000)}":1}`],
  ['a text of 200 KiB', `{"a":"${'x'.repeat(200 * 1024)}"}`],
  ['10,000 members', `{"a":[${'1,'.repeat(10_000)}1]}`],
  ['63 levels', nested(63)],
  ['surrogate pairs', '{"a":"\\ud83d\\ude00"}'],
  ['noncharacters and directions', '{"a":"\ufffe\uffff\u202e\u2028"}'],
  ['markup', '{"a":"<script>alert(1)</script>"}'],
  ['SQL', `{"a":"'; drop table domain_events; --"}`],
  ['templates', '{"a":"{{constructor.constructor(\'x\')()}} %s %n"}'],
  ['duplicate keys, of which the last counts', '{"a":1,"a":2}', { a: 2 }],
])('data with %s is accepted and comes back as it was', async (_, data, other) => {
  const { status, body } = await post(withData(data))
  expect(status).toBe(202)
  const read = await server.call('GET', `/v1/events/${body.id}`, { key })
  expect(JSON.stringify(read.body.data)).toBe(JSON.stringify(other ?? JSON.parse(data)))
})

test.each<[string, string | Uint8Array, number, string]>([
  ['nothing', '', 400, 'body_missing'],
  ['white space', ' \n', 400, 'json_invalid'],
  ['half an object', '{', 400, 'json_invalid'],
  ['a comma too many', withField('').replace(/,\}$/, ',}'), 400, 'json_invalid'],
  ['single quotes', "{'entityType':'Issue'}", 400, 'json_invalid'],
  ['a comment', `/* */${withData('{}')}`, 400, 'json_invalid'],
  ['trailing garbage', `${withData('{}')}x`, 400, 'json_invalid'],
  ['two values', `${withData('{}')}\n${withData('{}')}`, 400, 'json_invalid'],
  ['a control character in a text', withData('{"a":"\u0001"}'), 400, 'json_invalid'],
  ['a NUL byte', bytes(withData('{"a":"'), [0], '"}'), 400, 'json_invalid'],
  ['NaN', withData('{"a":NaN}'), 400, 'json_invalid'],
  ['Infinity', withData('{"a":-Infinity}'), 400, 'json_invalid'],
  ['undefined', withData('undefined'), 400, 'json_invalid'],
  ['a leading zero', withData('{"a":01}'), 400, 'json_invalid'],
  ['a plus', withData('{"a":+1}'), 400, 'json_invalid'],
  ['a hexadecimal number', withData('{"a":0x10}'), 400, 'json_invalid'],
  ['a number above all doubles', withData('{"a":1e400}'), 400, 'json_number_unsupported'],
  ['a number below all doubles', withData('{"a":1e-400}'), 400, 'json_number_unsupported'],
  ['an exponent without end', withData('{"a":1e999999999}'), 400, 'json_number_unsupported'],
  [
    'a number of 1,001 digits',
    withData(`{"a":${'9'.repeat(1_001)}}`),
    400,
    'json_number_unsupported',
  ],
  ['an escaped NUL', withData('{"a":"\\u0000"}'), 400, 'json_character_unsupported'],
  ['an escaped NUL in a key', withData('{"\\u0000":1}'), 400, 'json_character_unsupported'],
  ['half a surrogate pair', withData('{"a":"\\ud800"}'), 400, 'json_character_unsupported'],
  ['the other half', withData('{"a":"\\udc00x"}'), 400, 'json_character_unsupported'],
  [
    'halves in the wrong order',
    withData('{"a":"\\udc00\\ud800"}'),
    400,
    'json_character_unsupported',
  ],
  ['half a surrogate pair in a key', withData('{"\\ud800":1}'), 400, 'json_character_unsupported'],
  ['a byte that is no UTF-8', dataOfBytes(0xff), 400, 'json_encoding_invalid'],
  ['an overlong encoding', dataOfBytes(0xc0, 0x80), 400, 'json_encoding_invalid'],
  ['an encoded surrogate', dataOfBytes(0xed, 0xa0, 0x80), 400, 'json_encoding_invalid'],
  ['a character cut off', dataOfBytes(0xe2, 0x82), 400, 'json_encoding_invalid'],
  ['a character above Unicode', dataOfBytes(0xf4, 0x90, 0x80, 0x80), 400, 'json_encoding_invalid'],
  ['UTF-16', Buffer.from(`\ufeff${withData('{}')}`, 'utf16le'), 400, 'json_encoding_invalid'],
  ['64 levels in data, 65 in all', withData(nested(64)), 400, 'json_too_deep'],
  ['100,000 levels', withData('['.repeat(100_000)), 400, 'json_too_deep'],
  ['100,000 objects', '{"a":'.repeat(50_000), 400, 'json_too_deep'],
  ['more than 256 KiB', withData(`{"a":"${'x'.repeat(256 * 1024)}"}`), 413, 'body_too_large'],
  ['gzip that does not say so', gzipSync(withData('{}')), 400, 'json_encoding_invalid'],
  ['an array', `[${withData('{}')}]`, 422, 'validation_failed'],
  ['null', 'null', 422, 'validation_failed'],
  ['a text', '"x"', 422, 'validation_failed'],
  ['a number', '1', 422, 'validation_failed'],
  ['data that is null', withData('null'), 422, 'validation_failed'],
  ['data that is an array', withData('[]'), 422, 'validation_failed'],
  ['data that is a text', withData('"{}"'), 422, 'validation_failed'],
  ['an unknown field', withField('"admin":true'), 422, 'validation_failed'],
  [
    'an unknown field __proto__',
    withField('"__proto__":{"organisationId":null}'),
    422,
    'validation_failed',
  ],
  ['an unknown field constructor', withField('"constructor":{}'), 422, 'validation_failed'],
  ['an unknown field toJSON', withField('"toJSON":1'), 422, 'validation_failed'],
  [
    'a column of the table',
    withField('"publishedAt":"2026-01-01T00:00:00Z"'),
    422,
    'validation_failed',
  ],
  [
    'an object where a text belongs',
    withField('"source":{"toString":"x"}'),
    422,
    'validation_failed',
  ],
  [
    'an array where a UUID belongs',
    withField('"userId":["5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11"]'),
    422,
    'validation_failed',
  ],
  [
    'a name with a line break',
    withField('"eventType":"IssueCreated\\n"'),
    422,
    'validation_failed',
  ],
  ['a name of another script', withField('"eventType":"IssueСreated"'), 422, 'validation_failed'],
  [
    'a name of 10,000 characters',
    withField(`"eventType":"${'a'.repeat(10_000)}"`),
    422,
    'validation_failed',
  ],
  [
    'a time that there is not',
    withField('"createdAt":"2026-02-30T00:00:00Z"'),
    422,
    'validation_failed',
  ],
  [
    'a time without a zone',
    withField('"createdAt":"2026-01-01T00:00:00"'),
    422,
    'validation_failed',
  ],
  [
    "another organisation's id",
    withField('"organisationId":"5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11"'),
    404,
    'not_found',
  ],
])('%s is refused, and the answer stays short', async (_, body, status, code) => {
  const answer = await post(body)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect(JSON.stringify(answer.body).length).toBeLessThan(4_000)
})

test('a byte order mark before the JSON is no part of it', async () => {
  expect((await post(`\ufeff${withData('{}')}`)).status).toBe(202)
})

test.each<[string, Record<string, string>]>([
  ['no type', { 'content-type': '' }],
  ['text', { 'content-type': 'text/plain' }],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['parts', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['another charset', { 'content-type': 'application/json; charset=utf-16' }],
  ['two types', { 'content-type': 'text/plain, application/json' }],
  ['a type that contains the right one', { 'content-type': 'application/jsonx' }],
  ['gzip', { 'content-encoding': 'gzip' }],
  ['a chain of encodings', { 'content-encoding': 'gzip, gzip, gzip' }],
  ['an encoding nobody knows', { 'content-encoding': 'zzz' }],
])('a body declared as %s is refused before it is read as JSON', async (_, headers) => {
  const answer = await post(withData('{}'), headers)
  expect([answer.status, answer.body.code]).toEqual([415, 'media_type_unsupported'])
})

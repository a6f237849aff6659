import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let key: string

beforeAll(async () => {
  server = await createTestPosthorn()
  key = (await server.createOrganisation()).key
})

afterAll(() => server.close())

/** The fields that a subscription with these settings is refused for; none when it is made. */
async function refusedFor(rawSettings: string): Promise<string[]> {
  const rawBody = `{"url":"https://example.com/",${rawSettings.slice(1)}`
  const { status, body } = await server.call('POST', '/v1/subscriptions', { key, rawBody })
  expect([201, 422]).toContain(status)
  return (body.errors ?? []).map((error: { field: string }) => error.field)
}

const refusedHeaders = async (headers: object) => refusedFor(JSON.stringify({ headers }))

describe('a header of a subscription', () => {
  test.each([
    'host',
    'Host',
    'HOST',
    'connection',
    'content-length',
    'Content-Type',
    'content-encoding',
    'transfer-encoding',
    'te',
    'trailer',
    'upgrade',
    'expect',
    'keep-alive',
    'proxy-authorization',
    'proxy-connection',
    'user-agent',
    'cookie',
    'accept-encoding',
    'webhook-id',
    'Webhook-Signature',
    'webhook-timestamp',
    'webhook-anything',
    'posthorn-delivery',
    ':authority',
    ':path',
    '',
    ' ',
    'x y',
    'x:y',
    'x\r\nhost',
    'x\n',
    'x\t',
    'größe',
    'ｈost',
    'x"',
    'x(1)',
    'x/y',
    'x'.repeat(129),
  ])('called %j is refused', async (name) => {
    expect(await refusedHeaders({ [name]: 'a' })).toEqual([`headers.${name}`])
  })

  test.each([
    'a\r\nhost: evil',
    'a\nb',
    'a\rb',
    'a\0b',
    'a\u007fb',
    'a\u0085b',
    'größe',
    'a\u2028b',
    '\u{1f600}',
    'a'.repeat(1_025),
  ])('with the value %j is refused', async (value) => {
    const { status } = await server.call('POST', '/v1/subscriptions', {
      key,
      body: { url: 'https://example.com/', headers: { 'x-a': value } },
    })
    expect([400, 422]).toContain(status)
  })

  test.each<[string, object]>([
    ['authorization', { authorization: 'Bearer x' }],
    ['one with every character of a token', { "!#$%&'*+-.^_`|~09azAZ": 'x' }],
    ['an empty value', { 'x-a': '' }],
    ['a value of 1,024 characters', { 'x-a': ' ~\t'.repeat(341) }],
    ['20 of them', Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`x-${n}`, 'a']))],
  ])('may be %s', async (_, headers) => {
    expect(await refusedHeaders(headers)).toEqual([])
  })

  test.each<[string, string, string[]]>([
    [
      '21 of them',
      JSON.stringify(Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x-${n}`, 'a']))),
      ['headers'],
    ],
    ['the same in two cases', '{"X-A":"1","x-a":"2"}', ['headers.x-a']],
    ['one called __proto__', '{"__proto__":"x"}', ['headers.__proto__']],
    ['a list', '["x"]', ['headers']],
    ['a text', '"x: y"', ['headers']],
    ['a number for a value', '{"x-a":1}', ['headers.x-a']],
    ['several values', '{"x-a":["b","c"]}', ['headers.x-a']],
    ['an object for a value', '{"x-a":{"toString":"b"}}', ['headers.x-a']],
    ['null for a value', '{"x-a":null}', ['headers.x-a']],
  ])('may not be %s', async (_, headers, fields) => {
    expect(await refusedFor(`{"headers":${headers}}`)).toEqual(fields)
  })
})

describe('a filter', () => {
  const nested = (depth: number): string =>
    depth === 0 ? '{"path":"a","exists":true}' : `{"not":${nested(depth - 1)}}`
  const many = (count: number) => `{"any":[${Array(count).fill(nested(0)).join()}]}`

  test.each([
    ['an operator that looks like a regular expression', '{"path":"a","matches":"(a+)+$"}'],
    ['an operator of MongoDB', '{"path":"a","$regex":".*"}'],
    ['an operator of MongoDB that runs code', '{"$where":"while(1);"}'],
    ['JSONPath', '{"path":"$..[?(@.a)]","jsonpath":true}'],
    ['a script', '{"script":"process.exit()"}'],
    ['the operator constructor', '{"path":"a","constructor":1}'],
    ['the operator __proto__', '{"path":"a","__proto__":{"equals":1}}'],
    ['the operator toString', '{"path":"a","toString":1}'],
    ['two operators', '{"path":"a","equals":1,"notEquals":1}'],
    ['a path of 17 segments', `{"path":"${Array(17).fill('a').join('.')}","exists":true}`],
    ['a path of 1,025 characters', `{"path":"${'a'.repeat(1_025)}","exists":true}`],
    ['an object to compare with', '{"path":"a","equals":{"$ne":null}}'],
    ['101 values to compare with', `{"path":"a","in":[${Array(101).fill(0).join()}]}`],
    ['six levels', nested(6)],
    ['50 levels', nested(50)],
    ['51 conditions', many(51)],
    ['9,000 conditions', many(9_000)],
    ['a group of none', '{"all":[]}'],
    ['a list', `[${nested(0)}]`],
    ['a text', '"a = 1"'],
    ['true', 'true'],
  ])('with %s is refused', async (_, filter) => {
    const fields = await refusedFor(`{"filter":${filter}}`)
    expect(fields.length).toBeGreaterThan(0)
    expect(fields.every((field) => field.startsWith('filter'))).toBe(true)
  })

  test.each([
    ['a text that looks like a regular expression', '{"path":"a","contains":"(a+)+$"}'],
    ['a path through the prototype', '{"path":"__proto__.polluted","exists":false}'],
    ['a path through the constructor', '{"path":"constructor.prototype.x","exists":false}'],
    ['50 conditions', many(50)],
    ['five levels', nested(5)],
    ['SQL', `{"path":"a' or 1=1 --","equals":"'; drop table subscriptions; --"}`],
  ])('with %s is taken, and means only what it says', async (_, filter) => {
    expect(await refusedFor(`{"filter":${filter}}`)).toEqual([])
  })
})

test.each([
  ['status', '"active"'],
  ['id', '"019a9d2e-5c00-7000-8000-000000000001"'],
  ['createdAt', '"2026-01-01T00:00:00Z"'],
  ['organisation_id', 'null'],
  ['revision', '7'],
  ['health', '{}'],
  ['disabledReason', 'null'],
  ['deletedAt', 'null'],
  ['isAdmin', 'true'],
  ['__proto__', '{"status":"active"}'],
  ['constructor', '{"prototype":{}}'],
])('the field %s is not one that a caller sets', async (field, value) => {
  expect(await refusedFor(`{"${field}":${value}}`)).toEqual([field])
})

test.each([
  ['a label called __proto__', '{"metadata":{"__proto__":"x"}}', ['metadata.__proto__']],
  [
    'a label of 65 characters',
    `{"metadata":{"${'k'.repeat(65)}":"x"}}`,
    [`metadata.${'k'.repeat(65)}`],
  ],
  ['a label of 1,025 characters', `{"metadata":{"k":"${'x'.repeat(1_025)}"}}`, ['metadata.k']],
  ['a label that is no text', '{"metadata":{"k":{}}}', ['metadata.k']],
])('%s is refused', async (_, settings, fields) => {
  expect(await refusedFor(settings)).toEqual(fields)
})

test.each(['0000-12-31T23:59:59Z', '9999-12-31T23:59:59-00:01', '2026-02-30T00:00:00Z'])(
  'an API key that ends at %s is refused',
  async (expiresAt) => {
    const { status, body } = await server.call('POST', '/v1/api-keys', {
      body: { organisationId: null, name: 'n8n', scopes: ['events:read'], expiresAt },
    })
    expect([status, body.errors[0].field]).toEqual([422, 'expiresAt'])
  },
)

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestPosthorn,
  issueEvent,
  organisationScopes,
} from '../support/create-test-posthorn.ts'
import { operations } from '../support/openapi.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
interface Side {
  organisationId: string
  key: string
  /** Of everything that this organisation has, to be looked for where it must not be. */
  ids: string[]
}
let ours: Side
let theirs: Side

beforeAll(async () => {
  server = await createTestPosthorn()
  ours = await fill()
  theirs = await fill()
})

afterAll(() => server.close())

async function fill(): Promise<Side> {
  const side = await server.createOrganisation([...organisationScopes, 'admin'])
  const make = async (path: string, body: object) => {
    const answer = await server.call('POST', path, { key: side.key, body })
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    return answer.body
  }
  const ids: string[] = [side.organisationId]
  for (let round = 0; round < 3; round++) {
    const subscription = await make('/v1/subscriptions', { url: 'https://example.com/' })
    const sent = await make(`/v1/subscriptions/${subscription.id}/test`, {})
    const made = [
      subscription,
      await make('/v1/events', issueEvent()),
      await make('/v1/replays', { mode: 'all', filter: { eventType: ['IssueCreated'] } }),
      await make('/v1/portal-tokens', {}),
      await make('/v1/api-keys', { name: 'k', scopes: ['events:read'] }),
      { id: sent.eventId },
      { id: sent.deliveryId },
    ]
    ids.push(...made.map(({ id }) => id))
  }
  expect(ids.every((id) => typeof id === 'string')).toBe(true)
  return { ...side, ids }
}

const lists = operations
  .filter(({ method, operation }) => {
    const { parameters = [] } = operation as { parameters?: { name: string }[] }
    return method === 'GET' && parameters.some(({ name }) => name === 'cursor')
  })
  .map(({ path }) => path)
  // Exports are not JSON, and organisations are the platform's to see.
  .filter((path) => !path.includes('{') && !/export|organisations/.test(path))

test('a cursor opens no other list and no other organisation, whoever gave it out or made it up', async () => {
  expect(lists).toHaveLength(8)
  const cursors = new Set<string>()
  for (const { ids } of [ours, theirs])
    for (const id of ids)
      cursors.add(Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url'))
  for (const { key } of [ours, theirs])
    for (const path of lists) {
      const { nextCursor } = (await server.call('GET', `${path}?limit=1`, { key })).body
      if (nextCursor) cursors.add(nextCursor)
    }
  expect(cursors.size).toBeGreaterThan(44)
  for (const path of lists) {
    const whole = (await server.call('GET', `${path}?limit=250`, { key: ours.key })).body.data
    const known = new Set(whole.map(idOf))
    for (const cursor of cursors) {
      const { status, body } = await server.call('GET', `${path}?cursor=${cursor}`, {
        key: ours.key,
      })
      // One of the history is none of the other lists', and theirs is none of the history's.
      if (status === 400) expect(body.code).toBe('cursor_invalid')
      else
        expect(
          body.data.filter((row: Row) => !known.has(idOf(row))),
          path,
        ).toEqual([])
      for (const id of theirs.ids) expect(JSON.stringify(body.data ?? null)).not.toContain(id)
    }
  }
}, 60_000)

interface Row {
  id?: string
}
const idOf = (row: Row) => row.id

test.each([
  ['nothing', ''],
  ['spaces', '%20'],
  ['a wildcard', '*'],
  ['another alphabet', '%D0%B0'],
  ['SQL', "'%20or%201=1--"],
  ['a UUID as it is', '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11'],
  ['15 bytes', Buffer.alloc(15).toString('base64url')],
  ['17 bytes', Buffer.alloc(17).toString('base64url')],
  ['16 bytes that are no UUID', Buffer.alloc(16, 0x33).toString('base64url')],
  ['JSON', Buffer.from('{"id":null}').toString('base64url')],
  ['a date and no id', Buffer.from('2026-01-01/').toString('base64url')],
  [
    'a date that there is not',
    Buffer.from(`2026-02-30 00:00:00+00/${randomUUID()}`).toString('base64url'),
  ],
  [
    'a date of the year 0',
    Buffer.from(`0000-01-01 00:00:00+00/${randomUUID()}`).toString('base64url'),
  ],
  ['a date with SQL', Buffer.from(`now()/${randomUUID()}`).toString('base64url')],
  ['infinity', Buffer.from(`infinity/${randomUUID()}`).toString('base64url')],
  ['257 characters', 'A'.repeat(257)],
])('a cursor of %s is refused by every list', async (_, cursor) => {
  for (const path of lists) {
    const { status, body } = await server.call('GET', `${path}?cursor=${cursor}`, { key: ours.key })
    expect([400, 422], `${path}: ${JSON.stringify(body)}`).toContain(status)
    expect(['cursor_invalid', 'validation_failed']).toContain(body.code)
  }
})

test.each([
  [
    'limit',
    ['0', '-1', '251', '1e9', '1.5', 'NaN', 'Infinity', '', 'all', '9'.repeat(30), '1;drop'],
  ],
  [
    'since',
    [
      'now',
      '2026',
      '2026-01-01',
      '2026-02-30T00:00:00Z',
      '2026-01-01T00:00:00',
      '-infinity',
      "'",
      '+275760-09-13T00:00:01Z',
      '0000-12-31T23:59:59Z',
      '0001-01-01T00:00:00%2B00:01',
      '9999-12-31T23:59:59-00:01',
      '1700000000',
    ],
  ],
  [
    'organisationId',
    [
      '*',
      'null',
      '',
      'platform',
      "' or true--",
      '5f0c4a52',
      '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b1g',
      '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11%00',
    ],
  ],
  ['eventType', ['', 'a b', '(a%2B)%2B$', '%00', 'a'.repeat(129), Array(51).fill('A').join(',')]],
  ['entityId', ['', '1', "' or 1=1", 'uid:x']],
  ['unknown', ['1']],
  ['__proto__', ['1']],
  ['limit[]', ['1']],
])('%s of the log of deliveries and events is refused when it is none', async (name, values) => {
  for (const path of ['/v1/deliveries', '/v1/events', '/v1/events/history'])
    for (const value of values) {
      const { status, body } = await server.call('GET', `${path}?${name}=${value}`, {
        key: ours.key,
      })
      expect([status, body.code], `${path} ${value.slice(0, 40)}`).toEqual([
        422,
        'validation_failed',
      ])
    }
})

test.each([
  ['limit given twice', 'limit=1&limit=2'],
  ['an organisation given twice', `organisationId=${randomUUID()}&organisationId=${randomUUID()}`],
  ['half an escape', 'entityId=%'],
  ['bytes that are no UTF-8', 'entityId=%ff%fe'],
  ['a hundred parameters', Array.from({ length: 100 }, (_, n) => `p${n}=1`).join('&')],
])('a query with %s is refused', async (_, query) => {
  const { status, body } = await server.call('GET', `/v1/deliveries?${query}`, { key: ours.key })
  expect([status, body.code]).toEqual([422, 'validation_failed'])
})

test.each([
  ['a wildcard of LIKE', '%25'],
  ['an underscore', '_'],
  ['a backslash', '%5c'],
  ['a quote', "'"],
  ['a NUL', '%00'],
  ['bytes that are no UTF-8', '%ff'],
  ['a regular expression', '(a%2B)%2B$'],
])('the search of subscriptions takes %s for itself', async (_, q) => {
  const { status, body } = await server.call('GET', `/v1/subscriptions?q=${q}`, { key: ours.key })
  expect([200, 422]).toContain(status)
  if (status === 200) expect(body.data).toEqual([])
  const organisations = await server.call('GET', `/v1/organisations?q=${q}`)
  expect([200, 422]).toContain(organisations.status)
  if (organisations.status === 200) expect(organisations.body.data).toEqual([])
})

import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let organisationId: string
let key: string

beforeAll(async () => {
  server = await createTestPosthorn()
  ;({ organisationId, key } = await server.createOrganisation())
})

afterAll(() => server.close())

const url = 'https://example.com/webhooks'
const create = (body: Record<string, unknown> = {}) =>
  server.call('POST', '/v1/subscriptions', { key, body: { url, ...body } })
const fieldsOf = (answer: { body: { errors: { field: string }[] } }) =>
  answer.body.errors.map((issue) => issue.field)

test('a subscription shows its secret once, and then only to who may read secrets', async () => {
  const created = await create({ eventTypes: ['Issue*'] })
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject({
    organisationId,
    url,
    eventTypes: ['Issue*'],
    status: 'active',
  })
  // Text-safe: the decoded key is 43 base62 characters.
  expect(Buffer.from(created.body.secret.slice(6), 'base64').toString()).toMatch(
    /^[0-9A-Za-z]{43}$/,
  )
  const path = `/v1/subscriptions/${created.body.id}`
  expect((await server.call('GET', path, { key })).body).not.toHaveProperty('secret')
  const list = await server.call('GET', '/v1/subscriptions?limit=250', { key })
  expect(JSON.stringify(list.body)).not.toContain(created.body.secret)
  expect((await server.call('GET', `${path}/secret`, { key })).body.secret).toBe(
    created.body.secret,
  )
  const reader = await server.call('POST', '/v1/api-keys', {
    body: { organisationId, name: 'reader', scopes: ['subscriptions:read'] },
  })
  const refused = await server.call('GET', `${path}/secret`, { key: reader.body.apiKey })
  expect([refused.status, refused.body.code]).toEqual([403, 'scope_missing'])
})

test('a patch changes what it names, null clears, and the rest stays', async () => {
  const { body } = await create({
    description: 'CRM',
    eventTypes: ['IssueCreated'],
    metadata: { team: 'a' },
  })
  const path = `/v1/subscriptions/${body.id}`
  const patched = await server.call('PATCH', path, {
    key,
    body: { eventTypes: null, timeoutMs: 5000 },
  })
  expect(patched.body).toMatchObject({
    description: 'CRM',
    eventTypes: null,
    timeoutMs: 5000,
    metadata: { team: 'a' },
  })
})

test('a put by uid creates, then replaces, and revives what was deleted with its secret', async () => {
  const path = '/v1/subscriptions/uid:n8n-1'
  const put = (body: Record<string, unknown>) =>
    server.call('PUT', path, { key, body: { url, ...body } })
  const created = await put({ description: 'first' })
  expect(created.status).toBe(201)
  const replaced = await put({ eventTypes: ['IssueCreated'] })
  expect(replaced.status).toBe(200)
  expect(replaced.body).toMatchObject({
    id: created.body.id,
    description: null,
    eventTypes: ['IssueCreated'],
  })
  expect((await server.call('DELETE', path, { key })).status).toBe(204)
  expect((await server.call('GET', path, { key })).status).toBe(404)
  const revived = await put({})
  expect(revived.status).toBe(200)
  expect(revived.body).toMatchObject({
    id: created.body.id,
    secret: created.body.secret,
    status: 'active',
  })
})

test('puts of one uid at the same moment make one subscription', async () => {
  const puts = Array.from({ length: 8 }, () =>
    server.call('PUT', '/v1/subscriptions/uid:at-once', { key, body: { url } }),
  )
  const answers = await Promise.all(puts)
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201])
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
})

test('a put by id does not take the uid of another', async () => {
  await create({ uid: 'kept' })
  const { body } = await create()
  const path = `/v1/subscriptions/${body.id}`
  const refused = await server.call('PUT', path, { key, body: { url, uid: 'kept' } })
  expect([refused.status, refused.body.code]).toEqual([409, 'subscription_uid_taken'])
})

test.each([
  ['nothing', ''],
  ['257 characters', 'a'.repeat(257)],
  ['more than an index holds', randomBytes(4000).toString('hex')],
  ['a slash', 'a%2Fb'],
  ['a line break', 'a%0Ab'],
  ['a letter of another alphabet', '%D0%B0'],
])('a put makes no subscription with a uid of %s', async (_, uid) => {
  const path = `/v1/subscriptions/uid:${uid}`
  const refused = await server.call('PUT', path, { key, body: { url } })
  expect([refused.status, ...fieldsOf(refused)]).toEqual([422, 'id'])
})

test('two subscriptions of an organisation cannot share a uid, those of two can', async () => {
  const other = await server.createOrganisation()
  expect((await create({ uid: 'same' })).status).toBe(201)
  const refused = await create({ uid: 'same' })
  expect([refused.status, refused.body.code]).toEqual([409, 'subscription_uid_taken'])
  const elsewhere = await server.call('POST', '/v1/subscriptions', {
    key: other.key,
    body: { url, uid: 'same' },
  })
  expect(elsewhere.status).toBe(201)
})

test('pause and resume say so', async () => {
  const { body } = await create()
  const path = `/v1/subscriptions/${body.id}`
  expect((await server.call('POST', `${path}/pause`, { key })).body.status).toBe('paused')
  expect(
    (await server.call('GET', '/v1/subscriptions?status=paused', { key })).body.data,
  ).toHaveLength(1)
  expect((await server.call('POST', `${path}/resume`, { key })).body.status).toBe('active')
})

test('a rotation gives a new secret and keeps the old one for a day', async () => {
  const { body } = await create()
  const rotated = await server.call('POST', `/v1/subscriptions/${body.id}/rotate-secret`, { key })
  expect(rotated.body.previousSecrets).toMatchObject([{ secret: body.secret, publicKey: null }])
  expect(rotated.body.secret).not.toBe(body.secret)
  const overlapMs = Date.parse(rotated.body.previousSecrets[0].expiresAt) - Date.now()
  expect(overlapMs).toBeGreaterThan(23 * 3_600_000)
})

test('an existing secret can be brought along', async () => {
  const secret = `whsec_${Buffer.from('k'.repeat(32)).toString('base64')}`
  expect((await create({ secret })).body.secret).toBe(secret)
  expect((await create({ secret: 'whsec_c2hvcnQ=' })).status).toBe(422)
})

test('a platform subscription belongs to no organisation and none sees it', async () => {
  const created = await server.call('POST', '/v1/subscriptions', {
    body: { url, organisationId: null },
  })
  expect(created.body.organisationId).toBeNull()
  expect((await server.call('GET', `/v1/subscriptions/${created.body.id}`, { key })).status).toBe(
    404,
  )
  const unnamed = await server.call('POST', '/v1/subscriptions', { body: { url } })
  expect([unnamed.status, unnamed.body.code]).toEqual([400, 'organisation_required'])
})

describe('settings that cannot work are refused with their field', () => {
  const deep = (depth: number): object =>
    depth === 0 ? { path: 'a', exists: true } : { not: deep(depth - 1) }
  const cases: [string, Record<string, unknown>, string][] = [
    ['a URL that is none', { url: 'nowhere' }, 'url'],
    ['a private address', { url: 'https://10.0.0.1/' }, 'url'],
    ['the metadata address', { url: 'http://169.254.169.254/latest' }, 'url'],
    ['a password in the URL', { url: 'https://user:pass@example.com/' }, 'url'],
    ['a header that Posthorn sets', { headers: { 'webhook-id': 'x' } }, 'headers.webhook-id'],
    ['a header with a line break', { headers: { 'x-a': 'b\r\nc' } }, 'headers.x-a'],
    ['an empty list of types', { eventTypes: [] }, 'eventTypes'],
    ['a filter with no operator', { filter: { path: 'a' } }, 'filter'],
    ['a filter that is too deep', { filter: deep(6) }, 'filter'],
    ['a timeout of a day', { timeoutMs: 86_400_000 }, 'timeoutMs'],
    ['an unknown field', { urls: [] }, 'urls'],
  ]
  test.each(cases)('%s', async (_name, body, field) => {
    const answer = await create(body)
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer).some((name) => name.startsWith(field))).toBe(true)
  })

  test('plain http, where the operator has not allowed it', async () => {
    const strict = await createTestPosthorn({ allowHttp: false, allowedNetworks: [] })
    try {
      const answer = await strict.call('POST', '/v1/subscriptions', {
        body: { organisationId: randomUUID(), url: 'http://example.com/' },
      })
      expect([answer.status, fieldsOf(answer)]).toEqual([422, ['url']])
    } finally {
      await strict.close()
    }
  })
})

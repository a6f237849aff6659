import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../server/kernel/ids.ts'
import {
  createTestPosthorn,
  issueEvent,
  organisationScopes,
} from '../support/create-test-posthorn.ts'

const jwt = { issuer: 'https://id.example.com', audience: 'posthorn', secret: 's'.repeat(32) }

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let one: { organisationId: string; key: string }
let other: { organisationId: string; key: string }

beforeAll(async () => {
  server = await createTestPosthorn({ jwt })
  one = await server.createOrganisation([...organisationScopes, 'admin'])
  other = await server.createOrganisation([...organisationScopes, 'admin'])
})

afterAll(() => server.close())

/** Whoever comes second gets what whoever came first did, under another name. */
async function both(method: string, path: string, body: object, headers = {}) {
  const first = await server.call(method, path, { key: one.key, body, headers })
  const second = await server.call(method, path, { key: other.key, body, headers })
  expect([first.status, second.status], JSON.stringify(second.body)).toEqual([
    first.status,
    first.status,
  ])
  expect(first.status).toBeLessThan(300)
  expect(second.headers.get('idempotency-replayed')).toBeNull()
  return [first.body, second.body]
}

test('two organisations use the same uid, and each means its own', async () => {
  const url = 'https://example.com/'
  const [first, second] = await both('PUT', '/v1/subscriptions/uid:crm', { url })
  expect(first.id).not.toBe(second.id)
  expect(first.secret).not.toBe(second.secret)
  await server.call('DELETE', '/v1/subscriptions/uid:crm', { key: other.key })
  const left = await server.call('GET', '/v1/subscriptions/uid:crm', { key: one.key })
  expect([left.status, left.body.id]).toEqual([200, first.id])
  // Deleted there, taken here: neither is in the way of the other.
  const revived = await server.call('PUT', '/v1/subscriptions/uid:crm', {
    key: other.key,
    body: { url },
  })
  expect([revived.status, revived.body.id, revived.body.secret]).toEqual([
    200,
    second.id,
    second.secret,
  ])
})

test('two organisations use the same id of an event, with other content, and neither is a duplicate', async () => {
  const id = newId()
  const entityId = randomUUID()
  for (const { key, organisationId } of [one, other]) {
    const body = issueEvent({ id, entityId, data: { from: organisationId, to: 'closed' } })
    const { status } = await server.call('POST', '/v1/events', { key, body })
    expect(status).toBe(202)
    const again = await server.call('POST', '/v1/events/batch', { key, body: { events: [body] } })
    expect(again.body.results[0].status).toBe('duplicate')
  }
  for (const { key, organisationId } of [one, other]) {
    const { body } = await server.call('GET', `/v1/events/${id}`, { key })
    expect(body).toMatchObject({ organisationId, data: { from: organisationId } })
    const listed = await server.call('GET', `/v1/events?entityId=${entityId}`, { key })
    expect(listed.body.data).toHaveLength(1)
    expect(listed.body.data[0].organisationId).toBe(organisationId)
  }
  // A platform credential is told of the one that it names.
  const named = await server.call('GET', `/v1/events/${id}?organisationId=${other.organisationId}`)
  expect(named.body.organisationId).toBe(other.organisationId)
  expect((await server.call('GET', `/v1/events/${id}`)).status).toBe(400)
})

test('two organisations use the same Idempotency-Key, and neither hears the answer of the other', async () => {
  const headers = { 'idempotency-key': 'nightly' }
  const [first, second] = await both('POST', '/v1/events', issueEvent(), headers)
  expect(first.id).not.toBe(second.id)
  // Nor that it was used for something else.
  const reused = { 'idempotency-key': 'once' }
  await server.call('POST', '/v1/portal-tokens', { key: one.key, body: {}, headers: reused })
  const { status } = await server.call('POST', '/v1/portal-tokens', {
    key: other.key,
    body: { subject: 'else' },
    headers: reused,
  })
  expect(status).toBe(201)
})

const tokenOf = (organisation_id: string) =>
  new SignJWT({ organisation_id, scope: organisationScopes.join(' ') })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(jwt.issuer)
    .setAudience(jwt.audience)
    .setSubject('ada')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwt.secret))

test('a person of two organisations has an Idempotency-Key in each', async () => {
  const ids = []
  for (const { organisationId } of [one, other]) {
    const key = await tokenOf(organisationId)
    const headers = { 'idempotency-key': 'same-person' }
    const { status, body } = await server.call('POST', '/v1/events', {
      key,
      body: issueEvent(),
      headers,
    })
    expect(status).toBe(202)
    ids.push(body.id)
  }
  expect(new Set(ids).size).toBe(2)
})

test('an organisation is the same in capital letters, wherever it is named', async () => {
  const capitals = one.organisationId.toUpperCase()
  const keys = [one.key, await tokenOf(one.organisationId), await tokenOf(capitals), undefined]
  const found = new Set<string>()
  for (const key of keys) {
    const body = issueEvent({ organisationId: capitals })
    const posted = await server.call('POST', '/v1/events', { key, body })
    expect([posted.status, posted.body.organisationId]).toEqual([202, one.organisationId])
    const { body: page } = await server.call('GET', `/v1/events?organisationId=${capitals}`, {
      key,
    })
    found.add(page.data[0].id)
    expect(
      page.data.every(
        (event: { organisationId: string }) => event.organisationId === one.organisationId,
      ),
    ).toBe(true)
  }
  expect(found.size).toBe(keys.length)
})

test('a test event is shown to no other organisation than that of its subscription', async () => {
  const { body } = await server.call('POST', '/v1/subscriptions', {
    key: one.key,
    body: { url: 'https://example.com/' },
  })
  const test = (key: string | undefined, organisationId: string) =>
    server.call('POST', `/v1/subscriptions/${body.id}/test`, { key, body: { organisationId } })
  for (const key of [one.key, undefined]) {
    expect((await test(key, other.organisationId)).status).toBe(404)
    const sent = await test(key, one.organisationId.toUpperCase())
    expect([sent.status, sent.body.organisationId]).toEqual([202, one.organisationId])
  }
})

test.each([
  ['braces', (id: string) => `{${id}}`],
  ['no dashes', (id: string) => id.replaceAll('-', '')],
  ['urn:uuid:', (id: string) => `urn:uuid:${id}`],
  ['a space', (id: string) => ` ${id}`],
  ['a second one', (id: string) => `${id},${id}`],
])('an organisation with %s is none', async (_, change) => {
  const changed = change(one.organisationId)
  const session = await server.call('GET', '/v1/session', { key: await tokenOf(changed) })
  expect([session.status, session.body.code]).toEqual([401, 'credentials_invalid'])
  const query = `?organisationId=${encodeURIComponent(changed)}`
  expect((await server.call('GET', `/v1/events${query}`)).status).toBe(422)
  const body = issueEvent({ organisationId: changed })
  expect((await server.call('POST', '/v1/events', { body })).status).toBe(422)
})

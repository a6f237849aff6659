import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'
import { operations } from '../support/openapi.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql
const organisationId = randomUUID()

beforeAll(async () => {
  server = await createTestPosthorn()
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

async function create(path: string, body: object): Promise<{ id: string; deliveryId: string }> {
  const answer = await server.call('POST', path, { body })
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

const subscription = { organisationId, url: 'https://example.com/' }
const apiKey = { organisationId, name: 'k', scopes: ['events:read'] }
const portalToken = { organisationId }
const eventType = { entityType: 'Pump', description: 'A pump was started.' }
const replay = { organisationId, mode: 'all', filter: { eventType: ['IssueCreated'] } }

const subscribe = async () => (await create('/v1/subscriptions', subscription)).id
const startReplay = async () => (await create('/v1/replays', replay)).id
const pauseReplay = async () => (await create(`/v1/replays/${await startReplay()}/pause`, {})).id
const createKey = async () => (await create('/v1/api-keys', apiKey)).id
const createPortalToken = async () => (await create('/v1/portal-tokens', portalToken)).id
const subjectWithToken = async () => {
  const subject = randomUUID()
  await create('/v1/portal-tokens', { organisationId, subject })
  return subject
}
const deliver = async () =>
  (await create(`/v1/subscriptions/${await subscribe()}/test`, {})).deliveryId

interface Sample {
  /** What the entry must say. */
  action: string
  body?: object
  query?: () => Promise<string>
  /** What takes the place of `{id}` or `{name}`. */
  target?: () => string | Promise<string>
}

const recorded: Record<string, Sample> = {
  'POST /v1/api-keys': { action: 'api_key.created', body: apiKey },
  'POST /v1/api-keys/{id}/rotate': { action: 'api_key.rotated', target: createKey },
  'DELETE /v1/api-keys/{id}': { action: 'api_key.revoked', target: createKey },
  'POST /v1/portal-tokens': { action: 'portal_token.created', body: portalToken },
  'DELETE /v1/portal-tokens/{id}': { action: 'portal_token.revoked', target: createPortalToken },
  'DELETE /v1/portal-tokens': {
    action: 'portal_token.revoked',
    query: async () => `?subject=${await subjectWithToken()}`,
  },
  'PUT /v1/organisations/{id}': {
    action: 'organisation.updated',
    target: () => organisationId,
    body: { name: 'Acme' },
  },
  'PUT /v1/event-types/{name}': {
    action: 'event_type.created',
    target: () => 'PumpStarted',
    body: eventType,
  },
  'POST /v1/event-types/{name}/deprecate': {
    action: 'event_type.deprecated',
    target: () => 'IssueCreated',
  },
  'POST /v1/subscriptions': { action: 'subscription.created', body: subscription },
  'PATCH /v1/subscriptions/{id}': {
    action: 'subscription.updated',
    target: subscribe,
    body: { description: 'new' },
  },
  'PUT /v1/subscriptions/{id}': {
    action: 'subscription.created',
    target: () => 'uid:mine',
    body: subscription,
  },
  'DELETE /v1/subscriptions/{id}': { action: 'subscription.deleted', target: subscribe },
  'POST /v1/subscriptions/{id}/pause': { action: 'subscription.paused', target: subscribe },
  'POST /v1/subscriptions/{id}/resume': { action: 'subscription.resumed', target: subscribe },
  'POST /v1/subscriptions/{id}/rotate-secret': {
    action: 'subscription.secret_rotated',
    target: subscribe,
  },
  'POST /v1/subscriptions/{id}/test': { action: 'subscription.tested', target: subscribe },
  'POST /v1/deliveries/{id}/replay': { action: 'delivery.replayed', target: deliver },
  'POST /v1/deliveries/{id}/cancel': { action: 'delivery.cancelled', target: deliver },
  'POST /v1/replays': { action: 'replay.created', body: replay },
  'POST /v1/replays/{id}/pause': { action: 'replay.paused', target: startReplay },
  'POST /v1/replays/{id}/resume': { action: 'replay.resumed', target: pauseReplay },
  'POST /v1/replays/{id}/cancel': { action: 'replay.cancelled', target: startReplay },
}

/**
 * Events are a record themselves: who posted them, and when, is in `domain_events`; so are attempts of what is pulled, in
 * the log. The others change nothing.
 */
const exempt = [
  'POST /v1/events',
  'POST /v1/events/batch',
  'POST /v1/subscriptions/preview',
  'POST /v1/subscriptions/check-url',
  'POST /v1/subscriptions/{id}/pull',
  'POST /v1/subscriptions/{id}/ack',
]

/** Reads that give something away: a secret, or everything at once. */
const revealing: Record<string, Sample> = {
  'GET /v1/subscriptions/{id}/secret': { action: 'subscription.secret_read', target: subscribe },
  'GET /v1/deliveries/export': { action: 'deliveries.exported' },
}

async function perform(name: string, { target, query, body }: Sample): Promise<string> {
  const [method = '', template = ''] = name.split(' ')
  const requestId = randomUUID()
  const path = template.replace(/\{\w+\}/, target ? await target() : '')
  const response = await server.posthorn.fetch(
    new Request(`http://posthorn.test${path}${query ? await query() : ''}`, {
      method,
      headers: {
        authorization: `Bearer ${platformKey}`,
        'x-request-id': requestId,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    }),
  )
  expect(response.status, `${name}: ${await response.text()}`).toBeLessThan(300)
  return requestId
}

const entriesOf = (requestId: string) =>
  sql`select action, target_kind, xmin::text from audit_log where request_id = ${requestId}`

/** Tables in which the transaction left a row. */
const touchedBy = async (xmin: string) => {
  const tables = [
    'api_keys',
    'organisations',
    'event_types',
    'subscriptions',
    'portal_tokens',
    'domain_events',
  ]
  const found = await Promise.all(
    [...tables, 'delivery_queue', 'deliveries', 'replays'].map(
      (table) => sql`select 1 from ${sql(table)} where xmin::text = ${xmin} limit 1`,
    ),
  )
  return found.flat().length
}

test('every operation of openapi.yaml that changes something writes one entry, in the transaction of the change', async () => {
  const mutating = operations
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !name.startsWith('GET ') && !exempt.includes(name))
  // Where this fails, add the new operation above, and what it records.
  expect(mutating.toSorted()).toEqual(Object.keys(recorded).toSorted())
  for (const name of mutating) {
    const sample = recorded[name] as Sample
    const entries = await entriesOf(await perform(name, sample))
    expect(
      entries.map(({ action }) => action),
      name,
    ).toEqual([sample.action])
    expect(await touchedBy(entries[0]?.['xmin']), name).toBeGreaterThan(0)
  }
})

test('reading a secret and taking the log away are recorded as well', async () => {
  for (const [name, sample] of Object.entries(revealing)) {
    const entries = await entriesOf(await perform(name, sample))
    expect(
      entries.map(({ action }) => action),
      name,
    ).toEqual([sample.action])
  }
})

test('what cannot be recorded does not happen', async () => {
  const id = await subscribe()
  await sql`revoke insert on audit_log from posthorn_api`
  const refused = await server
    .call('PATCH', `/v1/subscriptions/${id}`, {
      body: { description: 'unseen' },
    })
    .catch((error: Error) => error)
  await sql`grant insert on audit_log to posthorn_api`
  expect(String(refused)).toContain('internal_error')
  const { body } = await server.call('GET', `/v1/subscriptions/${id}`)
  expect(body.description).toBeNull()
})

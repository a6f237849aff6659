import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let organisationId: string
let key: string

beforeAll(async () => {
  server = await createTestPosthorn()
  ;({ organisationId, key } = await server.createOrganisation())
})

afterAll(() => server.close())

const post = (body: unknown) => server.call('POST', '/v1/events', { key, body })
const postRaw = (rawBody: string | Uint8Array, headers: Record<string, string> = {}) =>
  server.call('POST', '/v1/events', {
    key,
    rawBody,
    headers: { 'content-type': 'application/json', ...headers },
  })

describe('an event that is accepted', () => {
  test('can be read as it was given', async () => {
    const event = issueEvent({ userId: randomUUID(), correlationId: randomUUID(), source: 'test' })
    const accepted = await post(event)
    expect(accepted.status).toBe(202)
    const read = await server.call('GET', `/v1/events/${accepted.body.id}`, { key })
    expect(read.body).toMatchObject({
      ...event,
      organisationId,
      createdAt: accepted.body.createdAt,
    })
  })

  test('keeps every digit of its numbers', async () => {
    const text = JSON.stringify(issueEvent()).replace(
      '"closed"',
      '"closed","big":12345678901234567890,"fine":0.1000000000000000055',
    )
    const accepted = await postRaw(text)
    expect(accepted.status).toBe(202)
    const response = await server.posthorn.fetch(
      new Request(`http://posthorn.test/v1/events/${accepted.body.id}`, {
        headers: { authorization: `Bearer ${key}` },
      }),
    )
    const body = await response.text()
    expect(body).toContain('"big":12345678901234567890')
    expect(body).toContain('"fine":0.1000000000000000055')
  })

  test('is the same event when it comes again with its id, and another when its content differs', async () => {
    const event = issueEvent({ id: v7() })
    expect((await post(event)).status).toBe(202)
    const again = await post(event)
    expect(again.status).toBe(200)
    expect(again.body).toMatchObject({ id: event['id'], duplicate: true })
    const other = await post({ ...event, data: { from: 'open', to: 'reopened' } })
    expect(other.status).toBe(409)
    expect(other.body).toMatchObject({ code: 'event_conflict', errors: [{ field: 'id' }] })
  })

  test('exists once however many post it at the same moment', async () => {
    const event = issueEvent({ id: v7() })
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(event)))
    const statuses = answers.map((answer) => answer.status).sort()
    expect(statuses).toEqual([...Array(19).fill(200), 202])
  })

  test('warns where its data does not fit a type that only warns', async () => {
    const accepted = await post(issueEvent({ data: { from: 'open' } }))
    expect(accepted.status).toBe(202)
    expect(accepted.body.warnings[0].field).toMatch(/^data/)
  })
})

describe('an event that is refused', () => {
  const cases: [string, () => Record<string, unknown>, number, string, string][] = [
    [
      'an unknown event type',
      () => issueEvent({ eventType: 'IssueVanished' }),
      422,
      'event_type_unknown',
      'eventType',
    ],
    [
      'the wrong entity type',
      () => issueEvent({ entityType: 'Tenant' }),
      422,
      'event_type_unknown',
      'entityType',
    ],
    ['an id that is not v7', () => issueEvent({ id: randomUUID() }), 422, 'event_id_invalid', 'id'],
    [
      'an id older than what is retained',
      () => issueEvent({ id: v7({ msecs: Date.now() - 5 * 86_400_000 }) }),
      422,
      'event_id_out_of_range',
      'id',
    ],
    [
      'an id of the future',
      () => issueEvent({ id: v7({ msecs: Date.now() + 3_600_000 }) }),
      422,
      'event_id_out_of_range',
      'id',
    ],
    [
      'a time older than what is retained',
      () => issueEvent({ createdAt: '2020-01-01T00:00:00Z' }),
      422,
      'event_id_out_of_range',
      'createdAt',
    ],
    [
      'an entity id that is no UUID',
      () => issueEvent({ entityId: '42' }),
      422,
      'validation_failed',
      'entityId',
    ],
    ['data that is no object', () => issueEvent({ data: [1] }), 422, 'validation_failed', 'data'],
  ]
  test.each(cases)('says so for %s', async (_name, event, status, code, field) => {
    const answer = await post(event())
    expect(answer.status).toBe(status)
    expect(answer.body.code).toBe(code)
    expect(answer.body.errors.map((issue: { field: string }) => issue.field)).toContain(field)
  })

  test('says which fields there are when it has one that there is not', async () => {
    const answer = await post(issueEvent({ entityID: 'x' }))
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.body.errors)).toContain('entityId')
  })

  const text = JSON.stringify(issueEvent())
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  const rawCases: [string, string | Uint8Array, number, string][] = [
    ['a body that is not JSON', '{"entityType":', 400, 'json_invalid'],
    ['an empty body', '', 400, 'body_missing'],
    [
      'broken UTF-8',
      Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xff, 0xfe])]),
      400,
      'json_encoding_invalid',
    ],
    ['JSON deeper than 64', text.replace('"closed"', nested(64)), 400, 'json_too_deep'],
    ['a NUL in a text', text.replace('closed', 'clo\\u0000sed'), 400, 'json_character_unsupported'],
    ['half a surrogate pair', text.replace('closed', '\\ud800'), 400, 'json_character_unsupported'],
    [
      'a number that no database holds',
      text.replace('"closed"', '1e999999'),
      400,
      'json_number_unsupported',
    ],
    ['a body over 256 KiB', text.replace('closed', 'x'.repeat(262_144)), 413, 'body_too_large'],
  ]
  test.each(rawCases)('names the fault of %s', async (_name, body, status, code) => {
    const answer = await postRaw(body)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('is told when it does not say that it is JSON', async () => {
    const answer = await postRaw(text, { 'content-type': 'text/plain' })
    expect([answer.status, answer.body.code]).toEqual([415, 'media_type_unsupported'])
  })

  test('is refused by a type that is strict, and let through by one that does not check', async () => {
    const schema = { type: 'object', properties: { rent: { type: 'number' } }, required: ['rent'] }
    const put = (validation: string) =>
      server.call('PUT', '/v1/event-types/LeaseSigned', {
        body: { entityType: 'Lease', description: 'A lease was signed.', schema, validation },
      })
    const lease = issueEvent({
      entityType: 'Lease',
      eventType: 'LeaseSigned',
      data: { rent: 'much' },
    })
    expect((await put('strict')).status).toBe(201)
    const refused = await post(lease)
    expect([refused.status, refused.body.code]).toEqual([422, 'event_data_invalid'])
    expect(refused.body.errors[0].field).toBe('data.rent')
    expect((await put('off')).status).toBe(200)
    expect((await post(lease)).status).toBe(202)
  })
})

describe('a batch', () => {
  const postBatch = (events: unknown[]) =>
    server.call('POST', '/v1/events/batch', { key, body: { events } })

  test('keeps what is good and reports what is bad by its index and field', async () => {
    const twice = issueEvent({ id: v7() })
    const { status, body } = await postBatch([
      issueEvent(),
      issueEvent({ entityId: 'no' }),
      'text',
      twice,
      twice,
    ])
    expect(status).toBe(200)
    const results = body.results as {
      index: number
      status: string
      problem?: { errors: { field: string }[] }
    }[]
    expect(results.slice(0, 3).map((result) => result.status)).toEqual([
      'accepted',
      'rejected',
      'rejected',
    ])
    // Which of two equal ones came first is nobody's business.
    expect(
      results
        .slice(3)
        .map((result) => result.status)
        .sort(),
    ).toEqual(['accepted', 'duplicate'])
    expect(results[1]?.problem?.errors[0]?.field).toBe('events.1.entityId')
    expect(results[2]?.problem?.errors[0]?.field).toBe('events.2')
  })

  test('may have 1,000 events, but not none and not 1,001', async () => {
    expect((await postBatch([])).status).toBe(422)
    expect((await postBatch(Array.from({ length: 1001 }, () => issueEvent()))).status).toBe(422)
    const full = await postBatch(Array.from({ length: 1000 }, () => issueEvent()))
    expect(
      full.body.results.filter((result: { status: string }) => result.status === 'accepted'),
    ).toHaveLength(1000)
  })
})

describe('the list of events', () => {
  test('has every event of an entity once, page after page, newest first', async () => {
    const entityId = randomUUID()
    const posted: string[] = []
    for (let index = 0; index < 7; index++)
      posted.push((await post(issueEvent({ entityId }))).body.id)
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await server.call(
        'GET',
        `/v1/events?entityId=${entityId}&limit=3${cursor && `&cursor=${cursor}`}`,
        { key },
      )
      seen.push(...page.body.data.map((event: { id: string }) => event.id))
      cursor = page.body.nextCursor ?? ''
    } while (cursor)
    expect(seen).toEqual(posted.toReversed())
  })

  test('narrows by type, correlation and time', async () => {
    const correlationId = randomUUID()
    const { body } = await post(issueEvent({ correlationId, eventType: 'IssueDeleted', data: {} }))
    const list = async (query: string) =>
      (await server.call('GET', `/v1/events?correlationId=${correlationId}&${query}`, { key })).body
        .data.length
    expect(await list('eventType=IssueDeleted')).toBe(1)
    expect(await list('eventType=IssueCreated')).toBe(0)
    expect(await list(`until=${body.createdAt}`)).toBe(0)
    expect(await list(`since=${body.createdAt}`)).toBe(1)
  })

  test('takes several types and sources, patterns and the beginning of an id', async () => {
    const own = await server.createOrganisation()
    const post = async (more: Record<string, unknown>) =>
      (await server.call('POST', '/v1/events', { key: own.key, body: issueEvent(more) })).body
        .id as string
    const changed = await post({ source: 'import' })
    const created = await post({ eventType: 'IssueCreated', data: { title: 'Leak' } })
    const list = async (query: string) => {
      const { body } = await server.call('GET', `/v1/events?${query}`, { key: own.key })
      return body.data?.map((event: { id: string }) => event.id) ?? body.errors[0].field
    }
    expect(await list('eventType=Issue*')).toEqual([created, changed])
    expect(await list('eventType=*Created,TenantMovedIn')).toEqual([created])
    expect(await list('source=import,n8n')).toEqual([changed])
    expect(await list(`idPrefix=${created.slice(0, 30)}`)).toEqual([created])
    expect(await list('idPrefix=xyz')).toBe('idPrefix')
    expect(await list('eventType=Issue%')).toBe('eventType.0')
  })

  test('counts what became of each event when asked, and only for who may see deliveries', async () => {
    const own = await server.createOrganisation()
    const subscribe = () =>
      server.call('POST', '/v1/subscriptions', {
        key: own.key,
        body: { url: 'http://127.0.0.1:9/', eventTypes: ['IssueCreated'] },
      })
    await subscribe()
    await subscribe()
    const body = {
      events: [
        issueEvent({ eventType: 'IssueCreated', data: { title: 'Leak' } }),
        issueEvent(),
        issueEvent({ eventType: 'IssueCreated', data: { title: 'Mould' } }),
      ],
    }
    const posted = await server.call('POST', '/v1/events/batch', { key: own.key, body })
    const [leak, quiet, mould] = posted.body.results.map(
      (result: { event: { id: string } }) => result.event.id,
    )
    await server.posthorn.dispatcher.start()
    try {
      // All of them wait for their next attempt; then one has ended.
      let pending: { id: string; status: string; eventId: string }[] = []
      while (pending.length < 4) {
        const path = '/v1/deliveries?status=pending&minAttempts=1'
        pending = (await server.call('GET', path, { key: own.key })).body.data
      }
      const ofLeak = pending.find((one) => one.eventId === leak)
      await server.call('POST', `/v1/deliveries/${ofLeak?.id}/cancel`, { key: own.key })
      const listed = await server.call('GET', '/v1/events?include=deliveries', { key: own.key })
      const counts = new Map(
        listed.body.data.map((one: { id: string; deliveries: object }) => [one.id, one.deliveries]),
      )
      const none = { total: 0, succeeded: 0, failed: 0, pending: 0, cancelled: 0 }
      expect(counts.get(leak)).toEqual({ ...none, total: 2, pending: 1, cancelled: 1 })
      expect(counts.get(quiet)).toEqual(none)
      expect(counts.get(mould)).toEqual({ ...none, total: 2, pending: 2 })
    } finally {
      await server.posthorn.dispatcher.stop()
    }
    const plain = await server.call('GET', '/v1/events', { key: own.key })
    expect(plain.body.data[0]).not.toHaveProperty('deliveries')
    const reader = await server.createOrganisation(['events:read'])
    const refused = await server.call('GET', '/v1/events?include=deliveries', { key: reader.key })
    expect([refused.status, refused.body.code]).toEqual([403, 'scope_missing'])
  })

  test('refuses a cursor that it did not give out', async () => {
    const answer = await server.call('GET', '/v1/events?cursor=abc', { key })
    expect([answer.status, answer.body.code]).toEqual([400, 'cursor_invalid'])
  })
})

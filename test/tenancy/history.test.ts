import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn()
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

const textOf = (cursor: string) => Buffer.from(cursor, 'base64url').toString('latin1')

/** As published an hour ago, a microsecond apart. */
const publish = (organisationId: string, count: number, startMs: number) => sql`
  insert into domain_events (organisation_id, entity_type, entity_id, event_type, data, published_at)
  select ${organisationId}, 'Issue', gen_random_uuid(), 'IssueStatusChanged', '{"n": 1}',
    ${new Date(startMs)}::timestamptz + n * interval '1 microsecond'
  from generate_series(1, ${count}) n`

test('who follows the history is never told the id of an event of another organisation, and misses none', async () => {
  const { organisationId, key } = await server.createOrganisation()
  const startMs = Date.now() - 3_600_000
  // More than one request looks at, before, between and after.
  for (const [index, count] of [10_001, 20_002, 1].entries()) {
    await publish(randomUUID(), count, startMs + index * 120_000)
    if (count > 1) await publish(organisationId, 3, startMs + index * 120_000 + 60_000)
  }
  const own = (
    await sql`select id from domain_events where organisation_id = ${organisationId}`
  ).map(({ id }) => id)
  const foreign = new Set(
    (await sql`select id from domain_events where organisation_id <> ${organisationId}`).map(
      ({ id }) => id,
    ),
  )
  const seen: string[] = []
  let cursor = ''
  for (let caughtUp = false; !caughtUp; ) {
    const path = `/v1/events/history?limit=2${cursor && `&cursor=${cursor}`}`
    const { status, body } = await server.call('GET', path, { key })
    expect(status).toBe(200)
    seen.push(...body.data.map(({ id }: { id: string }) => id))
    const [, id = ''] = textOf(body.nextCursor).split('/')
    expect(foreign.has(id)).toBe(false)
    expect(body.nextCursor).not.toBe(cursor)
    cursor = body.nextCursor
    caughtUp = body.caughtUp
  }
  expect(seen).toHaveLength(6)
  expect(seen.toSorted()).toEqual(own.toSorted())
  // What comes later is behind it.
  await server.posthorn.dispatcher.start()
  const { body } = await server.call('POST', '/v1/events', { key, body: issueEvent() })
  const next = async () =>
    (await server.call('GET', `/v1/events/history?cursor=${cursor}`, { key })).body.data
  await expect.poll(next).toMatchObject([{ id: body.id }])
})

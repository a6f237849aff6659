import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from '../../server/database/database.ts'
import { publishingTime, readPublishedUntil } from '../../server/database/publishing-time.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  sql = postgres(server.databaseUrl, { max: 9, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

interface Page {
  data: { id: string; entityId: string; data: { n: number } }[]
  nextCursor: string
  caughtUp: boolean
}

async function history(query: Record<string, string>): Promise<Page> {
  const answer = await server.call('GET', `/v1/events/history?${new URLSearchParams(query)}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

/** Follows until `done`, as a consumer would: by the cursor alone. */
async function follow(
  query: Record<string, string>,
  done: () => boolean,
  onPage: (page: Page) => void,
) {
  let cursor: Record<string, string> = {}
  for (;;) {
    const isLast = done()
    const page = await history({ ...query, ...cursor })
    onPage(page)
    cursor = { cursor: page.nextCursor }
    if (isLast && page.caughtUp) return
  }
}

/** As a host does: events, and a long time until the commit. */
const insertAsHost = (organisationId: string, count: number, holdMs: number) =>
  sql.begin(async (tx) => {
    const rows = await tx<{ id: string }[]>`
      insert into domain_events (organisation_id, entity_type, entity_id, event_type, data)
      select ${organisationId}, 'Issue', gen_random_uuid(), 'IssueStatusChanged', '{"n": 0}' from generate_series(1, ${count})
      returning id`
    await new Promise((resolve) => setTimeout(resolve, holdMs))
    return rows.map(({ id }) => id)
  })

test('a follower sees every committed event once, however long host transactions take', async () => {
  const organisationId = randomUUID()
  const committed: string[] = []
  const hosts = Array.from({ length: 8 }, async (_, host) => {
    for (let n = 0; n < 4; n++)
      committed.push(...(await insertAsHost(organisationId, 3, (host * 97 + n * 211) % 900)))
  })
  const posting = Array.from({ length: 4 }, async () => {
    for (let n = 0; n < 40; n++) {
      const { body } = await server.call('POST', '/v1/events', {
        body: issueEvent({ organisationId }),
      })
      committed.push(body.id)
    }
  })
  let isOver = false
  const work = Promise.all([...hosts, ...posting]).then(async () => {
    await expect
      .poll(
        async () =>
          sql`select from domain_events where published_at is null and organisation_id = ${organisationId}`,
      )
      .toHaveLength(0)
    // Read two seconds behind: until the last one is in reach.
    const [row] = await sql<
      { last: string }[]
    >`select max(published_at)::text as last from domain_events`
    const reader = engine()
    await expect
      .poll(async () => (await readPublishedUntil(reader)) > (row?.last ?? ''), { timeout: 10_000 })
      .toBe(true)
    await reader.close()
    isOver = true
  })
  const seen: string[] = []
  await follow(
    { organisationId, limit: '17' },
    () => isOver,
    (page) => seen.push(...page.data.map(({ id }) => id)),
  )
  await work
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.toSorted()).toEqual(committed.toSorted())
  const again: string[] = []
  await follow(
    { organisationId, limit: '250' },
    () => true,
    (page) => again.push(...page.data.map(({ id }) => id)),
  )
  expect(again).toEqual(seen)
}, 40_000)

const engine = () =>
  connectDatabase({
    url: server.databaseUrl,
    schema: 'posthorn',
    applicationName: 'reader',
    maxConnections: 1,
    log: silentLogger,
  })

test('nobody reads beyond a statement that still publishes', async () => {
  const reader = engine()
  const organisationId = randomUUID()
  const held = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<string>()
  const publishing = sql.begin(async (tx) => {
    // The statement of publishing, in a transaction that takes its time.
    const [inserted] = await tx<{ at: string }[]>`
      insert into domain_events (organisation_id, entity_type, entity_id, event_type, data, published_at)
      values (${organisationId}, 'Issue', ${randomUUID()}, 'IssueStatusChanged', '{"n": 1}', ${publishingTime(tx as never)})
      returning published_at::text as at`
    begun.resolve(inserted?.at ?? '')
    await held.promise
  })
  const at = await begun.promise
  // Others publish after it; time goes on.
  await server.call('POST', '/v1/events', { body: issueEvent({ organisationId }) })
  const isLater = () =>
    sql`select where clock_timestamp() > ${at}::text::timestamptz + interval '2 seconds'`
  await expect.poll(isLater, { timeout: 10_000 }).toHaveLength(1)
  expect((await readPublishedUntil(reader)) <= at).toBe(true)
  const early = await history({ organisationId })
  expect(early).toMatchObject({ data: [], caughtUp: true })
  held.resolve()
  await publishing
  const page = await history({ organisationId, cursor: early.nextCursor })
  expect(page.data).toHaveLength(2)
  expect(page.data[0]?.data).toMatchObject({ n: 1 })
  await reader.close()
})

test('filters leave out, and an organisation reads its own only', async () => {
  const one = await server.createOrganisation()
  const entityId = randomUUID()
  for (const more of [{ entityId }, {}, { entityId }])
    await server.call('POST', '/v1/events', { key: one.key, body: issueEvent(more) })
  const other = await server.createOrganisation()
  await server.call('POST', '/v1/events', { key: other.key, body: issueEvent({ entityId }) })
  const read = async (query: string) =>
    (await server.call('GET', `/v1/events/history?${query}`, { key: one.key })).body
  await expect.poll(async () => (await read('')).data.length, { timeout: 10_000 }).toBe(3)
  expect((await read(`entityId=${entityId}`)).data).toHaveLength(2)
  expect((await read('eventType=Document*')).data).toEqual([])
  expect((await read(`organisationId=${other.organisationId}`)).status).toBe(404)
  const invalid = await server.call('GET', '/v1/events/history?cursor=x', { key: one.key })
  expect(invalid.body).toMatchObject({ code: 'cursor_invalid' })
})

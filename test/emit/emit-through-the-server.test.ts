import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EmitError, InvalidEventError } from '../../server/index.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql
type Event = Parameters<typeof server.posthorn.emit>[1]

beforeAll(async () => {
  server = await createTestPosthorn()
  sql = postgres(server.databaseUrl, { max: 1, onnotice: () => undefined })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

const organisationId = randomUUID()
const event = (more = {}) => issueEvent({ organisationId, ...more }) as Event
const setValidation = async (validation: string) => {
  const { body } = await server.call('GET', '/v1/event-types/IssueStatusChanged')
  const { entityType, description, schema, example } = body
  await server.call('PUT', '/v1/event-types/IssueStatusChanged', {
    body: { entityType, description, schema, example, validation },
  })
}
const count = async () => {
  const [row] = await sql`select count(*)::int as n from posthorn.domain_events`
  return row?.['n']
}

test('posthorn.emit writes in the transaction, and what does not fit is a warning where the type says so', async () => {
  await setValidation('warn')
  const emitted = await sql.begin((tx) => server.posthorn.emit(tx, event({ data: { from: 1 } })))
  expect(emitted.warnings?.map(({ field }) => field).sort()).toEqual(['data.from', 'data.to'])
  const rows = await sql`select id, published_at from posthorn.domain_events`
  expect(rows).toEqual([{ id: emitted.id, published_at: null }])
})

test('posthorn.emit refuses what the catalogue does not know, before any statement', async () => {
  await setValidation('strict')
  const before = await count()
  const refused = async (bad: Event) => {
    const error = await server.posthorn.emit(sql, bad).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(InvalidEventError)
    return (error as InvalidEventError).issues.map(({ field }) => field)
  }
  expect(await refused(event({ eventType: 'IssueExploded' }))).toEqual(['eventType'])
  expect(await refused(event({ entityType: 'Tenant' }))).toEqual(['entityType'])
  expect(await refused(event({ data: { from: 'open' } }))).toEqual(['data.to'])
  expect(await refused(event({ createdAt: '2001-01-01T00:00:00Z' }))).toEqual(['createdAt'])
  expect(await refused(event({ organisationId: undefined }))).toEqual(['organisationId'])
  expect(await count()).toBe(before)
})

test('an id that is taken is an error that says so', async () => {
  const { id } = await server.posthorn.emit(sql, event())
  const again = server.posthorn.emit(sql, event({ id }))
  await expect(again).rejects.toBeInstanceOf(EmitError)
  await expect(again).rejects.toMatchObject({ code: 'event_conflict' })
})

test('a stopped dispatcher leaves nothing behind that emit would call', async () => {
  const listeners = () => Object.getOwnPropertySymbols(globalThis).map(String)
  const before = listeners()
  await server.posthorn.dispatcher.start()
  expect(listeners()).toContain('Symbol(posthorn.emitListeners)')
  await server.posthorn.dispatcher.stop()
  expect(listeners()).toEqual(before)
})

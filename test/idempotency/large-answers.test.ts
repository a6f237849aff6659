import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

test('an answer of more than a MiB is not kept, and its request is carried out again a minute later', async () => {
  const { key } = await server.createOrganisation()
  const registered = await server.call('POST', '/v1/subscriptions', { key, body: { mode: 'pull' } })
  const path = `/v1/subscriptions/${registered.body.id}`
  const data = { note: 'x'.repeat(200_000) }
  for (let count = 0; count < 6; count++)
    await server.call('POST', '/v1/events', { key, body: issueEvent({ data }) })
  const waiting = async () => (await server.call('GET', `${path}/pull`, { key })).body.waiting
  await expect.poll(waiting, { timeout: 10_000 }).toBe(6)
  const headers = { 'idempotency-key': randomUUID() }
  const pull = () => server.call('POST', `${path}/pull`, { key, headers, body: {} })
  expect((await pull()).body.data).toHaveLength(6)
  expect(await sql`select answer from idempotency_keys`).toEqual([{ answer: null }])
  expect((await pull()).body.code).toBe('idempotency_in_progress')
  await sql`update idempotency_keys set claimed_until = now() - interval '1 second'`
  expect((await pull()).body.data).toEqual([])
})

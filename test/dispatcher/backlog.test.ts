import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { createOrganisation, until } from '../support/organisation.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn({ dispatcher: { retryScheduleSeconds: [1, 1, 1] } })
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
  sql = postgres(server.databaseUrl, { max: 3, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
  await receiver.close()
})

describe('a delivery that cannot be sent fails with a code, and those beside it go on', () => {
  async function failure(own: Awaited<ReturnType<typeof createOrganisation>>, id: string) {
    const failed = await until(async () =>
      (await own.deliveries(id)).find((one) => one.status === 'failed'),
    )
    const attempts = await own.attempts(failed?.id ?? '')
    return attempts.map((one) => one.outcome)
  }

  test('because its event cannot be read', async () => {
    const own = await createOrganisation(server, receiver)
    const { id, path } = await own.subscribe({ eventTypes: ['IssueUpdated'] })
    await sql`
      insert into domain_events (entity_type, entity_id, event_type, data, organisation_id, created_at)
      values ('Issue', ${randomUUID()}, 'IssueUpdated', '{}', ${own.organisationId}, 'infinity')`
    expect(await failure(own, id)).toEqual(['unprocessable'])
    await own.post([issueEvent({ eventType: 'IssueUpdated', data: {} })])
    await receiver.waitFor(1, { path })
  })

  test('because its event is gone', async () => {
    const own = await createOrganisation(server, receiver)
    const { id, path } = await own.subscribe()
    await server.call('POST', `/v1/subscriptions/${id}/pause`, { key: own.key })
    const [gone, kept] = await own.postMany(2)
    await sql`delete from domain_events where organisation_id = ${own.organisationId} and id = ${gone as string}`
    await server.call('POST', `/v1/subscriptions/${id}/resume`, { key: own.key })
    expect(await failure(own, id)).toEqual(['event_dropped'])
    const [request] = await receiver.waitFor(1, { path })
    expect(request?.webhookId).toBe(kept)
  })

  test('because its subscription cannot be read', async () => {
    const own = await createOrganisation(server, receiver)
    const { id } = await own.subscribe()
    const healthy = await own.subscribe()
    await server.call('POST', `/v1/subscriptions/${id}/pause`, { key: own.key })
    await own.postMany(1)
    await receiver.waitFor(1, { path: healthy.path })
    await sql`
      with next as (update subscription_revision set revision = revision + 1 returning revision)
      update subscriptions set secret = 'whsec_', url = 'nowhere', status = 'active',
        revision = (select revision from next) where id = ${id}`
    expect(await failure(own, id)).toEqual(['subscription_unusable'])
    await own.postMany(1)
    await receiver.waitFor(2, { path: healthy.path })
  })
})

test('nothing is missed while a forgotten transaction keeps what is dead, through failures, pauses and floods', async () => {
  const own = await createOrganisation(server, receiver)
  const { id, path } = await own.subscribe()
  const seen = new Map<string, number>()
  receiver.behave(path, (request, response) => {
    const times = (seen.get(request.webhookId ?? '') ?? 0) + 1
    seen.set(request.webhookId ?? '', times)
    // Every fifth at first.
    const fails = times === 1 && (request.webhookId ?? '').charCodeAt(35) % 5 === 0
    response.writeHead(fails ? 400 : 200).end()
  })
  const ids: string[] = []
  await sql.begin('isolation level repeatable read', async (forgotten) => {
    await forgotten`select 1 from delivery_queue limit 1`
    for (let round = 0; round < 4; round++) {
      // More than a lane may have in memory.
      for (let batch = 0; batch < 5; batch++) ids.push(...(await own.postMany(100)))
      if (round === 1) await server.call('POST', `/v1/subscriptions/${id}/pause`, { key: own.key })
      if (round === 2) await server.call('POST', `/v1/subscriptions/${id}/resume`, { key: own.key })
    }
    await until(async () => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from deliveries where subscription_id = ${id} and status = 'succeeded'`
      return row?.count === ids.length
    }, 25_000)
  })
  expect([...seen.keys()].sort()).toEqual(ids.sort())
})

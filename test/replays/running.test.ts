import type { ServerResponse } from 'node:http'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPosthorn } from '../../server/index.ts'
import { newIdAt } from '../../server/kernel/ids.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'
import { arrivals, createReplayer } from './replaying.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn({ dispatcher: { leaseMs: 2000 } })
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
  sql = postgres(server.databaseUrl, { max: 1 })
})

afterAll(async () => {
  await sql.end()
  await server.close()
  await receiver.close()
})

const organisation = () => createReplayer(server, receiver)

type Replayer = Awaited<ReturnType<typeof organisation>>

/** Failed deliveries as an outage of long ago left them, straight into the tables. */
async function fail(own: Replayer, subscriptionId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => newIdAt(Date.now() - 3_600_000 + index))
  await sql`
    with facts as (select unnest(${ids}::uuid[]) as id), event as (
      insert into posthorn.domain_events (id, entity_type, entity_id, event_type, data, organisation_id, published_at)
      select id, 'Issue', id, 'IssueUpdated', '{}', ${own.organisationId}, now() from facts
    )
    insert into posthorn.deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger,
      event_type, entity_type, entity_id, last_outcome)
    select ${own.organisationId}, id, id, ${subscriptionId}, 'failed', 1, 'event', 'IssueUpdated', 'Issue', id, 'timeout'
    from facts`
  return ids
}

test('5,000 deliveries go again, each once, and none is left in the queue', {
  timeout: 60_000,
}, async () => {
  const own = await organisation()
  const { id, path } = await own.subscribe()
  const ids = await fail(own, id, 5000)
  const replay = await own.replay({ filter: { subscriptionId: id } })
  const ended = await own.completed(replay.id)
  expect(ended).toMatchObject({ queued: 5000, pending: 0, succeeded: 5000, failed: 0 })
  expect(arrivals(receiver, path).sort()).toEqual(ids.sort())
})

test('a rate is kept to: at no moment have more arrived than it allows', async () => {
  const own = await organisation()
  const { id, path } = await own.subscribe()
  await fail(own, id, 40)
  const ratePerSecond = 20
  const beganAtMs = Date.now()
  const replay = await own.replay({ filter: { subscriptionId: id }, ratePerSecond })
  await own.completed(replay.id)
  for (const [index, request] of receiver.requests(path).entries()) {
    // A quarter of a second's worth comes at once.
    const allowed = ratePerSecond * ((request.atMs - beganAtMs) / 1000 + 1 / 4)
    expect(index + 1).toBeLessThanOrEqual(Math.ceil(allowed))
  }
})

test('a paused replay queues nothing more, and goes on where it was', async () => {
  const own = await organisation()
  const { id, path } = await own.subscribe()
  const ids = await fail(own, id, 60)
  const { id: replayId } = await own.replay({ filter: { subscriptionId: id }, ratePerSecond: 40 })
  await receiver.waitFor(1, { path })
  const paused = (await own.call('POST', `/v1/replays/${replayId}/pause`)).body
  expect(paused.status).toBe('paused')
  expect(paused.queued).toBeLessThan(60)
  await own.until(`/v1/replays/${replayId}`, (body) => body.pending === 0)
  // Another one runs meanwhile, from beginning to end: the runner had every chance.
  const other = await own.subscribe()
  await fail(own, other.id, 10)
  await own.completed((await own.replay({ filter: { subscriptionId: other.id } })).id)
  const still = (await own.call('GET', `/v1/replays/${replayId}`)).body
  expect([still.status, still.queued]).toEqual(['paused', paused.queued])
  expect(receiver.requests(path)).toHaveLength(paused.queued)
  const resumed = await own.call('POST', `/v1/replays/${replayId}/resume`)
  expect(resumed.body.status).toBe('running')
  expect(await own.completed(replayId)).toMatchObject({ queued: 60, succeeded: 60 })
  expect(arrivals(receiver, path).sort()).toEqual(ids.sort())
})

describe('a cancelled replay', () => {
  /** A receiver that answers when it is told to. */
  function holdBack(path: string) {
    const open: ServerResponse[] = []
    receiver.behave(path, (_request, response) => {
      open.push(response)
    })
    return {
      answer() {
        for (const response of open.splice(0)) response.writeHead(200).end()
        receiver.behave(path, behaviours.ok())
      },
    }
  }

  const counts = async (subscriptionId: string) => {
    const rows = await sql<{ status: string; attempts: number; count: number }[]>`
      select status, attempts, count(*)::int as count from (
        select status, attempts from posthorn.deliveries where subscription_id = ${subscriptionId}
        union all
        select 'pending', attempts from posthorn.delivery_queue where subscription_id = ${subscriptionId}
      ) all_of_them group by 1, 2 order by 1, 2`
    return rows.map(({ status, attempts, count }) => [status, attempts, count])
  }

  test('puts back what nobody attempted, and records what was under way', async () => {
    const own = await organisation()
    const { id, path } = await own.subscribe()
    await fail(own, id, 40)
    const { answer } = holdBack(path)
    const replay = await own.replay({ filter: { subscriptionId: id } })
    const sent = (await receiver.waitFor(16, { path })).length
    await own.call('POST', `/v1/subscriptions/${id}/pause`)
    const cancelled = (await own.call('POST', `/v1/replays/${replay.id}/cancel`)).body
    expect(cancelled).toMatchObject({ status: 'cancelled', queued: 0, pending: 0 })
    expect(await counts(id)).toEqual([['failed', 1, 40]])
    answer()
    await own.until(
      `/v1/deliveries?status=succeeded&limit=250&subscriptionId=${id}`,
      (body) => body.data.length === sent,
    )
    expect(await counts(id)).toEqual([
      ['failed', 1, 40 - sent],
      ['succeeded', 2, sent],
    ])
    const [attempts] = await sql`
      select count(*)::int as count from posthorn.delivery_attempts where organisation_id = ${own.organisationId}`
    expect(attempts?.['count']).toBe(sent)
    const again = await own.call('POST', `/v1/replays/${replay.id}/cancel`)
    expect([again.status, again.body.code]).toEqual([409, 'replay_finished'])
    await own.call('POST', `/v1/subscriptions/${id}/resume`)
    await own.completed((await own.replay({ filter: { subscriptionId: id } })).id)
    expect(await counts(id)).toEqual([['succeeded', 2, 40]])
  })

  test('of what was missing forgets it again, so that a later one finds it', async () => {
    const own = await organisation()
    const ids = await own.post(30)
    const { id, path } = await own.subscribe()
    const { answer } = holdBack(path)
    const body = { mode: 'missing', filter: { subscriptionId: id } }
    const replay = await own.replay(body)
    const sent = (await receiver.waitFor(16, { path })).length
    await own.call('POST', `/v1/subscriptions/${id}/pause`)
    await own.call('POST', `/v1/replays/${replay.id}/cancel`)
    expect(await counts(id)).toEqual([])
    answer()
    await own.until(
      `/v1/deliveries?limit=250&subscriptionId=${id}`,
      (page) => page.data.length === sent,
    )
    expect(await counts(id)).toEqual([['succeeded', 1, sent]])
    await own.call('POST', `/v1/subscriptions/${id}/resume`)
    await own.completed((await own.replay(body)).id)
    expect(await counts(id)).toEqual([['succeeded', 1, 30]])
    expect(arrivals(receiver, path).sort()).toEqual(ids.sort())
  })
})

test('when its dispatcher stops, another one goes on: each delivery is sent once', async () => {
  const own = await organisation()
  const { id, path } = await own.subscribe()
  const ids = await fail(own, id, 400)
  const replay = await own.replay({ filter: { subscriptionId: id }, ratePerSecond: 400 })
  await receiver.waitFor(1, { path })
  await server.posthorn.dispatcher.stop()
  const stopped = (await own.call('GET', `/v1/replays/${replay.id}`)).body
  expect(stopped.status).toBe('running')
  expect(stopped.queued).toBeLessThan(400)
  const second = createPosthorn({
    database: server.databaseUrl,
    encryptionKeys,
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    retentionDays: { events: 3, deliveries: 3 },
    consoleDir: false,
    dispatcher: { leaseMs: 2000 },
  })
  try {
    await second.dispatcher.start()
    expect(await own.completed(replay.id)).toMatchObject({ queued: 400, succeeded: 400 })
  } finally {
    await second.close()
  }
  expect(arrivals(receiver, path).sort()).toEqual(ids.sort())
})

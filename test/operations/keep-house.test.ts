import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newIdAt } from '../../server/kernel/ids.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

const dayMs = 86_400_000
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn({ retentionDays: { events: 3, deliveries: 10 } })
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

const organisationId = randomUUID()

async function subscribe(uid: string): Promise<string> {
  const { body } = await server.call('POST', '/v1/subscriptions', {
    body: { organisationId, url: 'http://127.0.0.1:9/', uid },
  })
  await server.call('POST', `/v1/subscriptions/${body.id}/pause`)
  return body.id
}

/** A delivery that waits since so many days, with its event or without. */
async function wait(subscriptionId: string, days: number, hasEvent: boolean): Promise<string> {
  const [id, eventId] = [newIdAt(Date.now() - days * dayMs), newIdAt(Date.now() - days * dayMs)]
  if (hasEvent) {
    await sql`
      insert into domain_events (id, entity_type, entity_id, event_type, data, organisation_id, published_at)
      values (${eventId}, 'Issue', ${randomUUID()}, 'IssueCreated', '{}', ${organisationId}, now())`
  }
  await sql`
    insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, due_at, attempts, last_error)
    values (${organisationId}, ${id}, ${eventId}, ${subscriptionId}, bucket_of(${organisationId}),
      now() - ${days} * interval '1 day', 2, 'answered 500')`
  return id
}

/** A portal token that expired so many days ago. */
async function mint(days: number): Promise<string> {
  const { body } = await server.call('POST', '/v1/portal-tokens', { body: { organisationId } })
  await sql`update portal_tokens set expires_at = now() - ${days} * interval '1 day' where id = ${body.id}`
  return body.id
}

const deleted = (id: string, days: number) => sql`
  update subscriptions set deleted_at = now() - ${days} * interval '1 day' where id = ${id}`

const delivery = async (id: string) => (await server.call('GET', `/v1/deliveries/${id}`, {})).body

test('what is past its time goes when a dispatcher starts, what is not stays', async () => {
  const [oldToken, newToken] = [await mint(8), await mint(6)]
  const expired = await subscribe('expired')
  const revivable = await subscribe('revivable')
  const paused = await subscribe('paused')
  await sql`insert into subscription_health (subscription_id, organisation_id) values (${expired}, ${organisationId})`
  const waiting = {
    cancelled: await wait(expired, 1, true),
    cancelledWithoutEvent: await wait(expired, 6, false),
    beyondLedger: await wait(expired, 60, false),
    revivable: await wait(revivable, 1, true),
    paused: await wait(paused, 1, true),
    dropped: await wait(paused, 8, false),
    droppedBeyondLedger: await wait(paused, 60, false),
  }
  await deleted(expired, 31)
  await deleted(revivable, 29)

  await sql`
    insert into audit_log (id, actor_kind, action, target_kind, target_id)
    values (${newIdAt(Date.now() - 401 * dayMs)}, 'system', 'replay.created', 'replay', 'forgotten')`

  await sql`
    insert into idempotency_keys (digest, fingerprint, claim, claimed_until, created_at)
    select 'of ' || hours || ' hours', '', gen_random_uuid(), now(), now() - make_interval(hours => hours)
    from unnest(array[23, 25]) hours`

  await server.posthorn.dispatcher.start()
  for (;;) {
    const rows = await sql`select id from delivery_queue order by id`
    if (rows.length === 2) break
    await delay(20)
  }

  expect(await delivery(waiting.cancelled)).toMatchObject({
    status: 'cancelled',
    attempts: 2,
    eventType: 'IssueCreated',
    lastError: 'The subscription was deleted.',
  })
  expect(await delivery(waiting.cancelledWithoutEvent)).toMatchObject({
    status: 'cancelled',
    eventType: 'unknown',
  })
  expect(await delivery(waiting.dropped)).toMatchObject({
    status: 'failed',
    lastError: 'The event is not kept any more.',
  })
  expect(await delivery(waiting.beyondLedger)).toMatchObject({ code: 'not_found' })
  expect(await delivery(waiting.droppedBeyondLedger)).toMatchObject({ code: 'not_found' })
  expect(await delivery(waiting.paused)).toMatchObject({ status: 'pending' })
  expect(await delivery(waiting.revivable)).toMatchObject({ status: 'pending' })

  // The last thing that housekeeping does.
  while ((await sql`select from audit_log where target_id = 'forgotten'`).length > 0)
    await delay(20)
  expect(await sql`select digest from idempotency_keys`).toEqual([{ digest: 'of 23 hours' }])
  const tokens = async () =>
    (await sql`select id from portal_tokens order by expires_at`).map(({ id }) => id)
  while ((await tokens()).includes(oldToken)) await delay(20)
  expect(await tokens()).toEqual([newToken])

  const left = await sql`select id from subscriptions where id = ${expired}
    union all select subscription_id from subscription_health where subscription_id = ${expired}`
  expect(left).toHaveLength(0)
  const again = { organisationId, url: 'http://127.0.0.1:9/' }
  const freed = await server.call('PUT', '/v1/subscriptions/uid:expired', { body: again })
  expect(freed.status).toBe(201)
  const revived = await server.call('PUT', '/v1/subscriptions/uid:revivable', { body: again })
  expect([revived.status, revived.body.id]).toEqual([200, revivable])
})

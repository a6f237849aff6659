import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { deliveryIdOf, newId } from '../../server/kernel/ids.ts'
import { claimReplays, type ReplayJob, releaseReplays } from '../../server/replays/jobs.ts'
import { queueBatch } from '../../server/replays/queue-batch.ts'
import { type Batch, noneSkipped } from '../../server/replays/window.ts'
import { connectTo } from '../support/connect.ts'
import { createTestDatabase } from '../support/database.ts'

const organisationId = newId()
const subscriptionId = newId()
const leaseMs = 60_000
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, { maxConnections: 2 })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

async function createMissing(subscription = subscriptionId): Promise<string> {
  const id = newId()
  const filter = JSON.stringify({ subscriptionId: subscription })
  await db.query(
    (sql) => sql`insert into replays (id, organisation_id, mode, filter)
      values (${id}, ${organisationId}, 'missing', ${filter}::text::jsonb)`,
  )
  return id
}

/** A batch with one delivery that does not exist yet. */
function batchOf(eventId: string): Batch {
  const id = deliveryIdOf(eventId, subscriptionId)
  const position = { organisationId, id: eventId }
  const planned = {
    id,
    subscription_id: subscriptionId,
    bucket: 0,
    trigger: 'replay' as const,
    order_key: null,
    organisation_id: organisationId,
    event_id: eventId,
  }
  return {
    send: [{ position, verdict: 'send', deliveryId: id, planned }],
    skipped: { ...noneSkipped, succeeded: 2 },
    next: { at: position },
  }
}

const claim = async (owner: string, id: string) =>
  (await claimReplays(db, owner, leaseMs)).find((job) => job.id === id)

test('of two workers one has a replay, and what the one who lost it still writes does not count', async () => {
  const id = await createMissing()
  const [zombie, heir] = [newId(), newId()]
  const job = (await claim(zombie, id)) as ReplayJob
  expect(await claim(heir, id)).toBeUndefined()
  await db.query((sql) => sql`update replays set lease_until = now() - interval '1 second'`)
  const inherited = (await claim(heir, id)) as ReplayJob
  expect(inherited.id).toBe(id)
  const event = newId()
  expect(await queueBatch(db, job, zombie, batchOf(event))).toBeUndefined()
  expect(await db.query((sql) => sql`select from delivery_queue`)).toHaveLength(0)
  expect(await queueBatch(db, inherited, heir, batchOf(event))).toBe(1)
  // The same step once more: its answer got lost on the way.
  expect(await queueBatch(db, inherited, heir, batchOf(event))).toBeUndefined()
  const [again] = await claimReplays(db, heir, leaseMs)
  expect(again).toMatchObject({ cursor: { at: { id: event } }, skipped: { succeeded: 2 } })
  // Another replay's batch, or a publisher, came first: it waits already, and is counted so.
  expect(await queueBatch(db, again as ReplayJob, heir, batchOf(event))).toBe(0)
  const rows = await db.query(
    (sql) => sql<{ queued: number; skipped: unknown }[]>`select queued, skipped from replays`,
  )
  expect(rows[0]).toMatchObject({ queued: 1, skipped: { pending: 1, succeeded: 4 } })
  await db.query((sql) => sql`update replays set status = 'cancelled'`)
  const late = (await claimReplays(db, heir, leaseMs)).length
  expect([late, await queueBatch(db, again as ReplayJob, heir, batchOf(newId()))]).toEqual([
    0,
    undefined,
  ])
})

test('of two replays that look for what one subscription misses only the older is worked on', async () => {
  const subscription = newId()
  const older = await createMissing(subscription)
  const newer = await createMissing(subscription)
  const owner = newId()
  expect(await claim(owner, newer)).toBeUndefined()
  expect((await claim(owner, older))?.id).toBe(older)
  await releaseReplays(db, owner)
  await db.query((sql) => sql`update replays set status = 'completed' where id = ${older}`)
  expect((await claim(newId(), newer))?.id).toBe(newer)
})

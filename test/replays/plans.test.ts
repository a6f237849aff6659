import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { newId, newIdAt } from '../../server/kernel/ids.ts'
import { claimReplays, type ReplayJob } from '../../server/replays/jobs.ts'
import { lookAhead } from '../../server/replays/look-ahead.ts'
import { queueBatch } from '../../server/replays/queue-batch.ts'
import type { Source } from '../../server/replays/source.ts'
import { boundsOf, type ReplayTask } from '../../server/replays/task.ts'
import { planBatch } from '../../server/replays/window.ts'
import type {
  CompiledSubscription,
  SubscriptionDirectory,
} from '../../server/subscriptions/index.ts'
import { asEngine, connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { entriesRead } from '../support/entries-read.ts'

/*
 * A replay walks tables of any size, with statements that may have been prepared while they were empty. Counted in
 * index entries read, not in time.
 */

const organisationId = newId()
const subscription = {
  id: newId(),
  organisationId,
  status: 'active',
  ordering: 'none',
  readsData: false,
  matches: () => true,
} as unknown as CompiledSubscription
const directory = { get: () => subscription } as unknown as SubscriptionDirectory
const few = 100
const many = 20_000
let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, asEngine)
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

function sourceOf(more: Partial<ReplayTask>): Source {
  const nowMs = Date.now()
  const task: ReplayTask = {
    organisationId,
    mode: 'failed',
    filter: {},
    deliveryIds: null,
    createdAtMs: nowMs,
    ...more,
  }
  return { db, directory, task, bounds: boundsOf(task, { events: 3, deliveries: 3 }, nowMs) }
}

const ofSubscription = { filter: { subscriptionId: [subscription.id] } }
const sources = {
  organisation: () => sourceOf({ filter: { entityType: ['Rare'] } }),
  subscription: () => sourceOf(ofSubscription),
  missing: () => sourceOf({ ...ofSubscription, mode: 'missing' }),
  'platform, missing': () => sourceOf({ ...ofSubscription, organisationId: null, mode: 'missing' }),
}

const looked = '^(domain_events|deliveries|delivery_queue)'

async function fill(): Promise<void> {
  const firstMs = Date.now() - 3_600_000
  const ids = Array.from({ length: many }, (_, index) => newIdAt(firstMs + index))
  await db.query(
    (sql) => sql`
    with facts as (select unnest(${ids}::uuid[]) as id), event as (
      insert into domain_events (id, entity_type, entity_id, event_type, data, organisation_id, published_at)
      select id, 'Issue', id, 'IssueUpdated', '{}', ${organisationId}, now() from facts
    ), waiting as (
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket)
      select ${organisationId}, gen_random_uuid(), id, ${subscription.id}, 0 from facts
    )
    insert into deliveries (organisation_id, id, event_id, subscription_id, status, attempts, trigger, event_type,
      entity_type, entity_id)
    select ${organisationId}, id, id, ${subscription.id}, 'failed', 1, 'event', 'IssueUpdated', 'Issue', id from facts`,
  )
}

async function step(owner: string) {
  const [job] = await claimReplays(db, owner, 60_000)
  const source = sourceOf(ofSubscription)
  const after = job?.cursor && 'at' in job.cursor ? job.cursor.at : null
  return { job: job as ReplayJob, batch: planBatch(await lookAhead(source, after, few), few) }
}

test('statements prepared on empty tables read no more than their window when much has come', async () => {
  const owner = newId()
  const id = newId()
  await db.query(
    (sql) =>
      sql`insert into replays (id, organisation_id, mode, filter) values (${id}, ${organisationId}, 'failed', '{}')`,
  )
  const nowhere = { organisationId, id: newIdAt(Date.now() - 7_200_000) }
  for (let round = 0; round < 12; round++) {
    for (const source of Object.values(sources)) {
      await lookAhead(source(), null, few)
      await lookAhead(source(), nowhere, few)
    }
    const { job, batch } = await step(owner)
    await queueBatch(db, job, owner, { ...batch, next: { at: { ...nowhere, id: newId() } } })
  }
  await db.query((sql) => sql`update replays set cursor = null`)
  await fill()
  for (const [name, source] of Object.entries(sources)) {
    for (const after of [null, nowhere]) {
      const before = await entriesRead(db, looked)
      const { scanned } = await lookAhead(source(), after, few)
      expect([name, scanned]).toEqual([name, few])
      expect([name, ((await entriesRead(db, looked)) - before) / few]).toSatisfy(
        ([, each]) => each < 8,
      )
    }
  }
  const { job, batch } = await step(owner)
  const before = await entriesRead(db, looked)
  expect(await queueBatch(db, job, owner, batch)).toBe(few)
  expect((await entriesRead(db, looked)) - before).toBeLessThan(few * 8)
})

import { arrayLiteral, textArrayLiteral } from '../database/array-literal.ts'
import type { Database } from '../database/database.ts'
import { hasKey } from '../database/has-key.ts'
import { publishingTime } from '../database/publishing-time.ts'
import { isDataError } from '../database/sql-state.ts'
import type { PlannedDelivery, WebhookEvent } from '../deliveries/index.ts'
import { bucketOf, lowestIdAt } from '../kernel/ids.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { planDeliveries } from './plan-deliveries.ts'
import type { QueuedDelivery } from './queued-delivery.ts'
import { toQueued } from './to-queued.ts'

/** Ids may be ahead of the clock by this much; beyond lie partitions that need not be looked at. */
const aheadMs = 3_600_000

interface UnpublishedEvent extends Omit<WebhookEvent, 'createdAt'> {
  createdAt: Date
}

export interface PublishRequest {
  database: Database
  directory: SubscriptionDirectory
  /** Those this process owns. */
  buckets: readonly number[]
  /** Only events whose id is of this time or later, and not far beyond `nowMs`: few partitions are looked at. */
  sinceMs: number
  nowMs: number
  /** Events that could not be published lately, left out for a while. */
  skip: ReadonlySet<string>
  eventsMax: number
  perBucketMax: number
}

export interface Published {
  deliveries: QueuedDelivery[]
  /** How many were found, published or not, and in how many buckets. */
  found: number
  busyBuckets: ReadonlySet<number>
  /** Events that could not be published; each says why in `publish_error`. */
  failed: string[]
}

/** Creates the deliveries of events that others inserted, each event once whoever else tries. */
export async function publishEvents(request: PublishRequest): Promise<Published> {
  const { database, directory } = request
  const events = await selectUnpublished(request)
  if (events.length === 0) return { deliveries: [], found: 0, busyBuckets: new Set(), failed: [] }
  const revision = directory.revision
  const planned = events.map((event) => ({ event, deliveries: plan(directory, event) }))
  const failed: string[] = []
  const published = await publishOneByOneOnError(database, planned, revision, failed)
  // Somebody changed a subscription: look again with the new ones.
  if (published.size === 0 && failed.length === 0) await directory.refresh()
  return {
    deliveries: planned
      .filter(({ event }) => published.has(event.id))
      .flatMap(({ event, deliveries }) =>
        toQueued({ ...event, createdAt: event.createdAt.toISOString() }, deliveries),
      ),
    found: events.length,
    busyBuckets: new Set(events.map(({ organisationId }) => bucketOf(organisationId))),
    failed,
  }
}

interface Planned {
  event: UnpublishedEvent
  deliveries: PlannedDelivery[]
}

function plan(directory: SubscriptionDirectory, event: UnpublishedEvent): PlannedDelivery[] {
  let data: unknown
  return planDeliveries(directory, {
    ...event,
    data: () => {
      data ??= JSON.parse(event.dataJson)
      return data
    },
  })
}

/** Ordered by the whole index, or the planner would read and sort all that waits. */
async function selectUnpublished(request: PublishRequest): Promise<UnpublishedEvent[]> {
  const { buckets, sinceMs, nowMs, skip, perBucketMax, eventsMax } = request
  return request.database.query(
    (sql) => sql<UnpublishedEvent[]>`
    select e.* from unnest(${buckets as number[]}::smallint[]) as b(bucket) cross join lateral (
      select id, entity_type, entity_id, event_type, organisation_id, user_id, correlation_id, source, created_at,
        data::text as data_json
      from domain_events
      where published_at is null and bucket_of(organisation_id) = b.bucket
        and id >= ${lowestIdAt(sinceMs)} and id < ${lowestIdAt(nowMs + aheadMs)} and id <> all(${[...skip]}::uuid[])
      order by bucket_of(organisation_id), id limit ${perBucketMax}
    ) e limit ${eventsMax}`,
  )
}

/**
 * Ranges of rows instead of equal keys, and no plain `is null`, so that no plan walks an index for each of them
 * (decision 0023). `published_at` being null in the UPDATE is what makes it once: of two publishers the second changes no row.
 */
async function publish(
  db: Database,
  planned: readonly Planned[],
  revision: number,
): Promise<Set<string>> {
  const column = (value: (delivery: PlannedDelivery) => string | number | null) =>
    textArrayLiteral(planned.map(({ deliveries }) => arrayLiteral(deliveries.map(value))))
  const rows = await db.query(
    (sql) => sql<{ id: string }[]>`
    with planned as materialized (
      select * from unnest(
        ${arrayLiteral(planned.map(({ event }) => event.organisationId))}::text::uuid[],
        ${arrayLiteral(planned.map(({ event }) => event.id))}::text::uuid[],
        ${column((delivery) => delivery.id)}::text::text[],
        ${column((delivery) => delivery.subscription_id)}::text::text[],
        ${column((delivery) => delivery.bucket)}::text::text[],
        ${column((delivery) => delivery.order_key)}::text::text[]
      ) as p(organisation_id, id, delivery_ids, subscription_ids, buckets, order_keys)
    ), published as (
      update domain_events e set published_at = ${publishingTime(sql)}, publish_error = null
      from planned p
      where ${hasKey(sql, 'e', 'p.organisation_id', 'p.id')} and coalesce(e.published_at, '-infinity') = '-infinity'
        and (select revision from subscription_revision) = ${revision}
      returning p.*
    ), queued as (
      insert into delivery_queue (organisation_id, id, event_id, subscription_id, bucket, order_key)
      select organisation_id, unnest(delivery_ids::uuid[]), id, unnest(subscription_ids::uuid[]),
        unnest(buckets::smallint[]), unnest(order_keys::uuid[])
      from published
      on conflict do nothing
    )
    select id from published`,
  )
  return new Set(rows.map((row) => row.id))
}

async function publishOneByOneOnError(
  db: Database,
  planned: readonly Planned[],
  revision: number,
  failed: string[],
): Promise<Set<string>> {
  try {
    return await publish(db, planned, revision)
  } catch (error) {
    if (!isDataError(error)) throw error
    const [only] = planned
    if (planned.length === 1 && only) {
      failed.push(only.event.id)
      await recordFailure(db, only.event, error)
      return new Set()
    }
    const published = new Set<string>()
    for (const one of planned) {
      for (const id of await publishOneByOneOnError(db, [one], revision, failed)) published.add(id)
    }
    return published
  }
}

async function recordFailure(db: Database, event: UnpublishedEvent, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
  await db.query(
    (sql) => sql`update domain_events set publish_error = ${message}
      where organisation_id = ${event.organisationId} and id = ${event.id}`,
  )
}

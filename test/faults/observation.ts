import type postgres from 'postgres'
import type { Receipt } from './ledger.ts'
import type { Exit } from './program.ts'

/** What was asked for: ids of events and whose they are. */
export interface Published {
  /** Every event that was ever sent, answered or not. */
  attempted: ReadonlyMap<string, string>
  /** Those that were answered with a 2xx, or committed by their inserter. */
  accepted: ReadonlyMap<string, string>
}

export interface Subscription {
  id: string
  /** Null hears every organisation. */
  organisationId: string | null
  path: string
}

interface DeliveryKey {
  id: string
  organisationId: string
  eventId: string
  subscriptionId: string
}

/** What the tables say when the work has settled. */
export interface Rows {
  events: { id: string; organisationId: string; entityId: string; isPublished: boolean }[]
  /** `delivery_queue`. */
  queue: (DeliveryKey & { attempts: number; overdueMs: number })[]
  /** The ledger of finished deliveries. */
  deliveries: (DeliveryKey & { status: string; attempts: number })[]
  attempts: {
    organisationId: string
    deliveryId: string
    number: number
    startedAtMs: number
    durationMs: number
    outcome: string
  }[]
  buckets: { bucket: number; hasLivingOwner: boolean }[]
}

export interface ProcessFacts {
  name: string
  exit: Exit | null
  log: readonly string[]
  /** Of a process that still runs. */
  rssMib: number | null
}

/** What a run left behind: everything that the invariants look at. */
export interface Observation {
  published: Published
  subscriptions: readonly Subscription[]
  ledger: readonly Receipt[]
  rows: Rows
  processes: readonly ProcessFacts[]
  /** Of another organisation's rows, how many a key of one organisation was shown. */
  foreignSeen: number
  allowed: Allowed
}

/** What a fault excuses. */
export interface Allowed {
  /** Requests after the first that was answered with a 2xx. */
  duplicatesMax: number
  /** Requests of which no attempt is recorded, because the process or the database died first. */
  unrecordedMax: number
  /** How far `webhook-timestamp` may be from the time of receipt; null where clocks are wrong on purpose. */
  timestampOffMaxMs: number | null
  /** Waits between attempts. */
  scheduleSeconds: readonly number[]
  /** Whether every delivery must have succeeded. */
  allSucceed: boolean
  rssMaxMib: number
}

/** Reads the tables, in one snapshot. */
export function readRows(sql: postgres.Sql): Promise<Rows> {
  return sql.begin('isolation level repeatable read read only', async (tx) => ({
    events: await tx<Rows['events']>`
      select id, organisation_id, entity_id, published_at is not null as is_published
      from domain_events where source <> 'posthorn'`,
    queue: await tx<Rows['queue']>`
      select id, organisation_id, event_id, subscription_id, attempts,
        greatest(0, extract(epoch from now() - due_at) * 1000)::int as overdue_ms
      from delivery_queue`,
    deliveries: await tx<Rows['deliveries']>`
      select id, organisation_id, event_id, subscription_id, status, attempts from deliveries`,
    attempts: await tx<Rows['attempts']>`
      select organisation_id, delivery_id, number, extract(epoch from started_at)::float8 * 1000 as started_at_ms,
        duration_ms, outcome
      from delivery_attempts order by delivery_id, number`,
    buckets: await tx<Rows['buckets']>`
      select b.bucket, d.id is not null as has_living_owner
      from buckets b left join dispatchers d on d.id = b.owner and d.lease_until > now()`,
  }))
}

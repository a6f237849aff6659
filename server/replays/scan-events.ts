import { operationalEventTypes } from '../catalogue/index.ts'
import type { Sql } from '../database/database.ts'
import { hasKey } from '../database/has-key.ts'
import { planDelivery } from '../deliveries/index.ts'
import { testSource } from '../publishing/index.ts'
import type { CompiledSubscription } from '../subscriptions/index.ts'
import { matchesEvents } from './filter-sql.ts'
import { judgeEvent } from './judge.ts'
import type { Reader, Source } from './source.ts'
import { namedSubscription } from './task.ts'
import type { Candidate, Position, Window } from './window.ts'

interface ScannedEvent {
  organisationId: string
  id: string
  entityType: string
  entityId: string
  eventType: string
  published: boolean
  matches: boolean
  scanned: number
  dataJson: string | null
}

/** Who hears of these is a matter of their data, too. */
const operationalTypes = Object.values(operationalEventTypes).map(({ eventType }) => eventType)

type Existing = 'pending' | 'succeeded' | 'failed' | 'cancelled'

/**
 * The next events that the subscription hears of, by its filters of now, of at most `limit` rows: one organisation after
 * the other, each oldest first.
 */
export async function scanEvents(
  source: Source,
  after: Position | null,
  limit: number,
): Promise<Window> {
  const { db, task, directory } = source
  const subscription = directory.get(namedSubscription(task.filter) ?? '')
  const organisationId =
    after?.organisationId ?? task.organisationId ?? (await nextOrganisation(db, null))
  if (!organisationId || !subscription) return { candidates: [], scanned: 0, next: { end: true } }
  const afterId = after?.organisationId === organisationId ? after.id : lowestId
  const rows = await db.query((sql) =>
    select(sql, source, subscription, { organisationId, id: afterId }, limit),
  )
  const last = rows.at(-1)
  const scanned = last?.scanned ?? 0
  const heard = rows.filter((row) => row.matches && subscription.matches(matchable(row)))
  return {
    scanned,
    candidates: await judge(db, heard, subscription),
    next:
      last && scanned === limit
        ? { at: { organisationId, id: last.id } }
        : await afterOrganisation(source, organisationId),
  }
}

const lowestId = '00000000-0000-0000-0000-000000000000'

async function afterOrganisation({ db, task }: Source, organisationId: string) {
  const next = task.organisationId ? undefined : await nextOrganisation(db, organisationId)
  return next ? { at: { organisationId: next, id: lowestId } } : ({ end: true } as const)
}

/** One probe of the primary key, whatever the number of events. */
async function nextOrganisation(db: Reader, after: string | null): Promise<string | undefined> {
  const [row] = await db.query(
    (sql) => sql<{ organisationId: string }[]>`
      select organisation_id from domain_events where organisation_id > ${after ?? lowestId}
      order by organisation_id, id limit 1`,
  )
  return row?.organisationId
}

function select(
  sql: Sql,
  { task, bounds }: Source,
  { readsData }: CompiledSubscription,
  after: Position,
  limit: number,
) {
  return sql<ScannedEvent[]>`
    with scanned as materialized (
      select * from domain_events
      where (organisation_id, id) > (${after.organisationId}, ${after.id})
        and (organisation_id, id) < (${after.organisationId}, ${bounds.before})
        and id >= ${bounds.from} and id < ${bounds.before}
      order by organisation_id, id limit ${limit}
    ), numbered as (
      select e.*, row_number() over (order by id)::int as number, count(*) over ()::int as scanned,
        source <> ${testSource} and ${matchesEvents(sql, task.filter)} as matches
      from scanned e
    )
    select organisation_id, id, entity_type, entity_id, event_type, published_at is not null as published, matches,
      scanned,
      case when matches and (${readsData} or event_type = any(${operationalTypes}::text[])) then data::text end as data_json
    from numbered
    where matches or number = scanned
    order by id`
}

function matchable(row: ScannedEvent) {
  return { ...row, data: () => JSON.parse(row.dataJson ?? 'null') as unknown }
}

async function judge(
  db: Reader,
  events: readonly ScannedEvent[],
  subscription: CompiledSubscription,
): Promise<Candidate[]> {
  const planned = events.map((event) => ({
    ...planDelivery({ event, subscription, trigger: 'replay' }),
    organisation_id: event.organisationId,
    event_id: event.id,
  }))
  const existing = await findExisting(db, planned)
  return events.flatMap((event, index) => {
    const plan = planned[index]
    if (!plan) return []
    return {
      position: { organisationId: event.organisationId, id: event.id },
      deliveryId: plan.id,
      verdict: judgeEvent(existing.get(plan.id), event.published, subscription.status),
      planned: plan,
    }
  })
}

/** Which of these deliveries there are, and how they stand. All are of one organisation. */
async function findExisting(
  db: Reader,
  planned: readonly { id: string; organisation_id: string }[],
): Promise<Map<string, Existing>> {
  const [first] = planned
  if (!first) return new Map()
  const ids = planned.map((one) => one.id)
  const rows = await db.query(
    (sql) => sql<{ id: string; status: Existing }[]>`
      with wanted as (
        select ${first.organisation_id}::uuid as organisation_id, unnest(${ids}::uuid[]) as id
      )
      select w.id, 'pending' as status from wanted w
      join delivery_queue q on ${hasKey(sql, 'q', 'w.organisation_id', 'w.id')}
      union all
      select w.id, d.status from wanted w join deliveries d on ${hasKey(sql, 'd', 'w.organisation_id', 'w.id')}`,
  )
  return new Map(rows.map((row) => [row.id, row.status]))
}

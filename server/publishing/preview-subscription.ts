import { listEventTypes } from '../catalogue/index.ts'
import type { Context } from '../context.ts'
import { planSearchByIndex } from '../database/planner-settings.ts'
import { asTenant } from '../database/tenant.ts'
import { lowestIdAt, newId, timeOfId } from '../kernel/ids.ts'
import { compileMatcher, compileTypeMatcher } from '../subscriptions/index.ts'
import type { Preview, PreviewRequest } from './schemas.ts'
import { testSource } from './send-test-event.ts'

const lookBackMs = 24 * 3_600_000
const lookMax = 1000
/** Of `data` as it is stored, over all events of one look. */
const lookBytesMax = 4 * 1024 * 1024
const samplesMax = 5
const typesMax = 100

/** What a subscription would hear of, decided by what publishing decides with. Whoever may create one may ask. */
export async function previewSubscription(
  ctx: Context,
  owner: string | null,
  request: PreviewRequest,
): Promise<Preview> {
  const settings = {
    id: newId(),
    organisationId: owner,
    entityTypes: request.entityTypes ?? null,
    eventTypes: request.eventTypes ?? null,
    // As the table keeps them.
    entityIds: request.entityIds?.map((id) => id.toLowerCase()) ?? null,
    filter: request.filter ?? null,
  }
  const asksFor = compileTypeMatcher(settings)
  const { matches } = compileMatcher(settings)
  const types = await listEventTypes(ctx)
  const eventsOf = owner ?? request.eventsOf
  return {
    eventTypes: types
      .filter(({ name, entityType }) => asksFor({ eventType: name, entityType }))
      .map(({ name, entityType, deprecated }) => ({ name, entityType, deprecated })),
    events: eventsOf === undefined ? null : await tryEvents(ctx, eventsOf, { asksFor, matches }),
  }
}

interface Decisions {
  asksFor: ReturnType<typeof compileTypeMatcher>
  matches: ReturnType<typeof compileMatcher>['matches']
}

async function tryEvents(
  ctx: Context,
  organisationId: string,
  { asksFor, matches }: Decisions,
): Promise<Preview['events']> {
  const sinceMs = ctx.clock.now() - lookBackMs
  const found = await selectNewest(ctx, organisationId, sinceMs)
  const end = found.findIndex(({ data }, index) => data === null || index === lookMax)
  const rows = end < 0 ? found : found.slice(0, end)
  const oldest = rows.at(-1)
  const tried = rows
    // A test goes to one subscription, whatever the others ask for.
    .filter(({ source }) => source !== testSource)
    .map(({ data, source: _, createdAt, ...event }) => ({
      ...event,
      createdAt: createdAt.toISOString(),
      matched: matches({ ...event, organisationId, data: () => JSON.parse(data as string) }),
    }))
  const matched = tried.filter((one) => one.matched)
  const missed = tried.filter((one) => !one.matched && asksFor(one))
  return {
    since: new Date(sinceMs).toISOString(),
    lookedAt: tried.length,
    matched: matched.length,
    complete: end < 0,
    searchedUntil: end < 0 || !oldest ? null : new Date(timeOfId(oldest.id)).toISOString(),
    byType: countByType(tried),
    samples: [...matched, ...missed].slice(0, samplesMax),
  }
}

function countByType(tried: readonly { eventType: string; matched: boolean }[]) {
  const types = new Map<string, { eventType: string; lookedAt: number; matched: number }>()
  for (const { eventType, matched } of tried) {
    const type = types.get(eventType) ?? { eventType, lookedAt: 0, matched: 0 }
    type.lookedAt++
    if (matched) type.matched++
    types.set(eventType, type)
  }
  return [...types.values()]
    .sort((a, b) => b.matched - a.matched || b.lookedAt - a.lookedAt)
    .slice(0, typesMax)
}

interface NewestEvent {
  id: string
  entityType: string
  entityId: string
  eventType: string
  source: string
  createdAt: Date
  /** Null where those before it were too large together. */
  data: string | null
}

/** One more than is looked at, newest first. */
function selectNewest(ctx: Context, organisationId: string, sinceMs: number) {
  return asTenant(ctx.database.api, organisationId, (tx) => {
    planSearchByIndex(tx)
    return tx<NewestEvent[]>`
      select id, entity_type, entity_id, event_type, source, created_at,
        case when bytes_before < ${lookBytesMax} then data::text end as data
      from (
        select *, coalesce(sum(pg_column_size(data)) over (order by id desc
          rows between unbounded preceding and 1 preceding), 0) as bytes_before
        from (
          select * from domain_events where organisation_id = ${organisationId} and id >= ${lowestIdAt(sinceMs)}
          order by id desc limit ${lookMax + 1}
        ) newest
      ) sized
      order by id desc`
  })
}

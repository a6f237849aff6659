import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import { asTenant } from '../database/tenant.ts'
import type { Caller } from '../kernel/caller.ts'
import { catalogueErrors } from './errors.ts'
import type { EventType, EventTypeInput } from './schemas.ts'
import type { eventTypes } from './tables.ts'
import { checkSchema } from './validate-data.ts'

export type EventTypeRow = typeof eventTypes.$inferSelect

/** The whole catalogue, by name: it is small, so it has no pages. */
export async function listEventTypes(ctx: Context): Promise<EventType[]> {
  const rows = await asTenant(
    ctx.database.api,
    'platform',
    (tx) => tx<EventTypeRow[]>`
    select * from event_types order by name`,
  )
  return rows.map(presentEventType)
}

export async function getEventType(ctx: Context, name: string): Promise<EventType> {
  const [row] = await asTenant(
    ctx.database.api,
    'platform',
    (tx) => tx<EventTypeRow[]>`
    select * from event_types where name = ${name}`,
  )
  return presentEventType(requireRow(row, name))
}

/** Creates or replaces a type; its version grows when its schema changes. */
export async function putEventType(
  ctx: Context,
  by: Caller,
  name: string,
  input: EventTypeInput,
): Promise<{ created: boolean; eventType: EventType }> {
  const issues = input.schema ? checkSchema(input.schema) : []
  if (issues.length > 0) throw catalogueErrors.event_type_schema_invalid({ issues })
  const { entityType, description, schema = null, example = null, validation = 'warn' } = input
  return asTenant(ctx.database.api, 'platform', async (tx) => {
    const known = await lockEventType(tx, name)
    const [row] = await tx<(EventTypeRow & { created: boolean })[]>`
      insert into event_types as t (name, entity_type, description, schema, example, validation)
      values (${name}, ${entityType}, ${description}, ${schema as never}, ${example as never}, ${validation})
      on conflict (name) do update set entity_type = excluded.entity_type, description = excluded.description,
        schema = excluded.schema, example = excluded.example, validation = excluded.validation,
        version = t.version + (t.schema is distinct from excluded.schema)::int,
        deprecated_at = null, updated_at = now()
      returning *, xmax = 0 as created`
    const { created, ...rest } = requireRow(row, name)
    await recordChange(tx, by, created ? 'event_type.created' : 'event_type.updated', known, rest)
    return { created, eventType: presentEventType(rest) }
  })
}

/** Marks it as not to be used any more; events of it are still accepted. */
export async function deprecateEventType(
  ctx: Context,
  by: Caller,
  name: string,
): Promise<EventType> {
  return asTenant(ctx.database.api, 'platform', async (tx) => {
    const known = await lockEventType(tx, name)
    const [row] = await tx<EventTypeRow[]>`
      update event_types set deprecated_at = coalesce(deprecated_at, now()), updated_at = now()
      where name = ${name} returning *`
    const deprecated = requireRow(row, name)
    await recordChange(tx, by, 'event_type.deprecated', known, deprecated)
    return presentEventType(deprecated)
  })
}

async function lockEventType(tx: Tx, name: string): Promise<EventTypeRow | undefined> {
  const [row] = await tx<EventTypeRow[]>`select * from event_types where name = ${name} for update`
  return row
}

/** In the platform's log: the catalogue is everybody's. */
async function recordChange(
  tx: Tx,
  by: Caller,
  action: `event_type.${'created' | 'updated' | 'deprecated'}`,
  before: EventTypeRow | undefined,
  after: EventTypeRow,
): Promise<void> {
  await recordAudit(tx, by, {
    action,
    organisationId: null,
    targetId: after.name,
    before: before && factsOf(before),
    after: factsOf(after),
  })
}

function factsOf(row: EventTypeRow) {
  const { name, createdAt, updatedAt, ...facts } = presentEventType(row)
  return facts
}

function requireRow<Row>(row: Row | undefined, name: string): Row {
  if (row) return row
  throw catalogueErrors.event_type_not_found({
    detail: `There is no event type ${name}; GET /v1/event-types lists them.`,
  })
}

function presentEventType(row: EventTypeRow): EventType {
  return {
    name: row.name,
    entityType: row.entityType,
    description: row.description,
    schema: row.schema as EventType['schema'],
    example: row.example as EventType['example'],
    version: row.version,
    validation: row.validation as EventType['validation'],
    deprecated: row.deprecatedAt !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

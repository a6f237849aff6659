import type { EventRow } from './check-event.ts'
import { explainRefusal } from './explain-refusal.ts'
import { noteEmitted } from './notices.ts'
import { runStatement, type Transaction } from './run-statement.ts'

/**
 * Writes events in one statement. All rows are one text parameter, because that is what every driver passes on unchanged:
 * each has its own idea of how jsonb, uuid and timestamptz are to be serialised.
 * @throws EmitError, TypeError for what is no transaction, or what the driver throws
 */
export async function insertEvents(
  tx: Transaction,
  rows: readonly EventRow[],
  schema: string,
): Promise<void> {
  if (rows.length === 0) return
  const table = `${quote(schema)}.domain_events`
  try {
    await runStatement(tx, statement(table), `[${rows.map(toJson).join(',')}]`)
  } catch (error) {
    throw explainRefusal(error, table)
  }
  for (const { organisationId } of rows) noteEmitted(organisationId)
}

function statement(table: string): string {
  return `insert into ${table} (id, organisation_id, entity_type, entity_id, event_type, data, user_id, correlation_id,
  source, created_at)
select id, organisation_id, entity_type, entity_id, event_type, data, user_id, correlation_id, source,
  coalesce(created_at, now())
from pg_catalog.json_to_recordset($1::text::json) as event (id uuid, organisation_id uuid, entity_type text,
  entity_id uuid, event_type text, data jsonb, user_id uuid, correlation_id uuid, source text, created_at timestamptz)`
}

/** `data` is JSON already. */
function toJson({ dataJson, ...row }: EventRow): string {
  const columns = JSON.stringify({
    id: row.id,
    organisation_id: row.organisationId,
    entity_type: row.entityType,
    entity_id: row.entityId,
    event_type: row.eventType,
    user_id: row.userId,
    correlation_id: row.correlationId,
    source: row.source,
    created_at: row.createdAt,
  })
  return `${columns.slice(0, -1)},"data":${dataJson}}`
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

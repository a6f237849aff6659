import { hash } from 'node:crypto'
import type { CapturedColumn, CapturePlan } from './plan-capture.ts'
import { quoteName, quoteText } from './quote.ts'
import type { Capture } from './schemas.ts'

const triggerName = 'posthorn_capture'
const uuidPattern = '(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
/** Half of the arguments that a function of Postgres may take. */
const pairsMax = 50

/**
 * SQL that writes an event into `posthorn` for every row of the table that is inserted, changed or deleted, in the
 * transaction that does it. May be run again: it replaces what it made before.
 */
export function createTriggerSql({ capture, columns }: CapturePlan, posthorn: string): string {
  const { entity, transitions, source, schema, table } = capture
  const keyOf = (column: string) =>
    quoteText(columns.find(({ name }) => name === column)?.key ?? column)
  const ownTypes = transitions.map(({ column }) => keyOf(column))
  const elsewhere = ownTypes.length > 0 ? ` AND key NOT IN (${ownTypes.join(', ')})` : ''
  const functionName = quoteName(posthorn, functionNameOf(capture))
  return `-- ${oneLine(`${schema}.${table}`)} → ${entity}. Tells of: ${oneLine(columns.map(({ name }) => name).join(', '))}
CREATE OR REPLACE FUNCTION ${functionName}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $posthorn$
#variable_conflict use_column
DECLARE
  r record;
  entity uuid;
  organisation uuid;
  old_data jsonb;
  new_data jsonb;
  changes jsonb := '{}';
BEGIN
  IF TG_OP <> 'INSERT' THEN
    r := OLD;
    old_data := ${dataSql(columns)};
  END IF;
  IF TG_OP <> 'DELETE' THEN
    r := NEW;
    new_data := ${dataSql(columns)};
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF old_data = new_data THEN RETURN NULL; END IF;
    SELECT coalesce(jsonb_object_agg(key, jsonb_build_object('from', old_data -> key, 'to', value)), '{}')
      INTO changes FROM jsonb_each(new_data)
      WHERE value IS DISTINCT FROM old_data -> key${elsewhere};
  END IF;
  entity := ${entityIdSql(capture)};
  organisation := (${capture.organisationSql === undefined ? `r.${quoteName(capture.organisationColumn)}` : `${capture.organisationSql}\n  `});
  -- A row of no organisation has nobody to hear of it.
  IF entity IS NULL OR organisation IS NULL THEN RETURN NULL; END IF;
  INSERT INTO ${quoteName(posthorn, 'domain_events')}
    (entity_type, entity_id, event_type, data, organisation_id, user_id, correlation_id, source)
  SELECT ${quoteText(entity)}, entity, captured.event_type, captured.data, organisation,
    substring(current_setting('posthorn.user_id', true) FROM ${quoteText(uuidPattern)})::uuid,
    substring(current_setting('posthorn.correlation_id', true) FROM ${quoteText(uuidPattern)})::uuid,
    ${quoteText(source)}
  FROM (
    SELECT ${quoteText(`${entity}Created`)} AS event_type, new_data AS data WHERE TG_OP = 'INSERT'
    UNION ALL SELECT ${quoteText(`${entity}Deleted`)}, old_data WHERE TG_OP = 'DELETE'
    UNION ALL SELECT ${quoteText(`${entity}Updated`)}, new_data || jsonb_build_object('changes', changes)
      WHERE changes <> '{}'${transitions
        .map(({ column, eventType }) => transitionSql(eventType, keyOf(column)))
        .join('')}
  ) AS captured;
  RETURN NULL;
END
$posthorn$;
-- The trigger fires for whoever writes the table; nobody else shall hang the function on a table of their own.
REVOKE ALL ON FUNCTION ${functionName}() FROM PUBLIC;
CREATE OR REPLACE TRIGGER ${triggerName} AFTER INSERT OR UPDATE OR DELETE ON ${quoteName(schema, table)}
  FOR EACH ROW EXECUTE FUNCTION ${functionName}();
`
}

/** SQL that removes what `createTriggerSql` makes. */
export function dropTriggerSql(
  capture: Pick<Capture, 'schema' | 'table'>,
  posthorn: string,
): string {
  const { schema, table } = capture
  return `DROP TRIGGER IF EXISTS ${triggerName} ON ${quoteName(schema, table)};
DROP FUNCTION IF EXISTS ${quoteName(posthorn, functionNameOf(capture))}();
`
}

/** Beside Posthorn's tables, one for each table, whatever it is called and however long that is. */
function functionNameOf({ schema, table }: Pick<Capture, 'schema' | 'table'>): string {
  const readable = table
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
    .slice(0, 40)
  const digest = hash('sha256', JSON.stringify([schema, table]), 'hex').slice(0, 8)
  return `capture_${readable}_${digest}`
}

function dataSql(columns: readonly CapturedColumn[]): string {
  const pairs = columns.map(({ name, key, isZoneless }) => {
    const value = `r.${quoteName(name)}`
    return `${quoteText(key)}, ${isZoneless ? `${value} AT TIME ZONE 'UTC'` : value}`
  })
  const chunks: string[] = []
  for (let start = 0; start < pairs.length; start += pairsMax)
    chunks.push(
      `jsonb_build_object(\n      ${pairs.slice(start, start + pairsMax).join(',\n      ')})`,
    )
  return chunks.join(' || ')
}

/**
 * The key, or with `mapId` what is made of it: a text that is a UUID is that UUID, anything else the UUIDv8 (RFC 9562) of
 * the first 16 bytes of SHA-256 of `<entity>:<key>`. Never an error, so that no write of the application can fail over it.
 */
function entityIdSql({ entity, idColumn, mapId }: Capture): string {
  const column = `r.${quoteName(idColumn)}`
  if (!mapId) return column
  const digest = `sha256(convert_to(${quoteText(`${entity}:`)} || ${column}::text, 'UTF8'))`
  return `CASE WHEN ${column}::text ~ ${quoteText(uuidPattern)} THEN ${column}::text::uuid ELSE (
    SELECT encode(set_byte(set_byte(substring(digest FROM 1 FOR 16), 6, get_byte(digest, 6) & 15 | 128),
      8, get_byte(digest, 8) & 63 | 128), 'hex')::uuid FROM (SELECT ${digest} AS digest) AS hashed) END`
}

function transitionSql(eventType: string, key: string): string {
  return `
    UNION ALL SELECT ${quoteText(eventType)},
      new_data || jsonb_build_object('from', old_data -> ${key}, 'to', new_data -> ${key})
      WHERE TG_OP = 'UPDATE' AND old_data -> ${key} IS DISTINCT FROM new_data -> ${key}`
}

/** For a comment, which ends with the line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { commonErrors } from '../kernel/errors.ts'
import {
  type Capture,
  captureSchema,
  parseCapture,
  triggersConfigSchema,
} from '../triggers/index.ts'
import { commaList } from './comma-list.ts'

/** How a person says what triggers capture: one table by options, or several by a file. */
export interface CaptureFlags {
  table?: string
  entity?: string
  id?: string
  mapId?: true
  organisationColumn?: string
  organisationSql?: string
  statusColumn?: string
  statusEvent?: string
  columns?: string[]
  exclude?: string[]
  source?: string
  config?: string
}

export function addCaptureOptions(command: Command): Command {
  return command
    .option('--table <name>', 'a table, or <schema>.<table>, exactly as Postgres has it')
    .option(
      '--entity <type>',
      'what a row is; events are <type>Created, <type>Updated, <type>Deleted',
    )
    .option('--id <column>', 'its key, of type uuid (id)')
    .option('--map-id', 'take a key of another type')
    .option('--organisation-column <name>', 'whose it is (organisation_id)')
    .addOption(
      new Option('--organisation-sql <expression>', 'the same, computed of the row r').conflicts(
        'organisationColumn',
      ),
    )
    .option('--status-column <name>', 'a column whose change is an event of its own')
    .option('--status-event <type>', 'what that event is called (<type>StatusChanged)')
    .option('--columns <list>', 'what events tell of (all columns)', commaList)
    .option('--exclude <list>', 'what they do not: large and secret columns', commaList)
    .option('--source <name>', 'source of the events (dashboard)')
    .addOption(
      new Option('--config <file>', 'JSON that says all this, for several tables').conflicts([
        'table',
        'entity',
      ]),
    )
}

/** @throws validation_failed when they do not describe captures */
export async function readCaptures(flags: CaptureFlags): Promise<Capture[]> {
  if (flags.config !== undefined)
    return (await parseCapture(triggersConfigSchema, readConfig(flags.config))).tables
  const { entity, statusColumn, statusEvent = `${entity}StatusChanged` } = flags
  const capture = await parseCapture(captureSchema, {
    ...splitName(flags.table ?? ''),
    entity,
    idColumn: flags.id,
    mapId: flags.mapId,
    organisationColumn: flags.organisationColumn,
    organisationSql: flags.organisationSql,
    transitions:
      statusColumn === undefined ? undefined : [{ column: statusColumn, eventType: statusEvent }],
    columns: flags.columns,
    exclude: flags.exclude,
    source: flags.source,
  })
  return [capture]
}

/** `issues`, `app.issues`, `"odd.schema"."odd ""table"""`. */
function splitName(text: string): { schema?: string; table: string } {
  const part = '("(?:[^"]|"")+"|[^".]+)'
  const [, schema, table] = new RegExp(`^(?:${part}\\.)?${part}$`).exec(text) ?? []
  if (table === undefined) return { table: text }
  return { table: unquote(table), ...(schema !== undefined && { schema: unquote(schema) }) }
}

function unquote(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}

function readConfig(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const message = `cannot be read: ${(cause as Error).message}`
    const fix = 'Give a file of JSON: { "tables": [{ "table": "issues", "entity": "Issue" }] }.'
    throw commonErrors.validation_failed({
      detail: `${path} is not a configuration of triggers.`,
      issues: [{ field: '--config', message, fix }],
    })
  }
}

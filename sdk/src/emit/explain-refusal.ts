import { EmitError, type EmitErrorCode } from './errors.ts'

type Explain = (table: string) => [EmitErrorCode, string]

const notMigrated: Explain = (table) => [
  'not_migrated',
  `${table} does not exist in this database as this version needs it. Run \`npx posthorn migrate\` for the schema ` +
    `${schemaOf(table)}, or name the right one: createEmitter({ schema }).`,
]

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const explanations: Readonly<Record<string, Explain>> = {
  '3F000': notMigrated,
  '42P01': notMigrated,
  '42703': notMigrated,
  '42501': (table) => [
    'permission_denied',
    `The database role of this connection may not insert into ${table}. As the owner: GRANT USAGE ON SCHEMA ` +
      `${schemaOf(table)} TO <role>; GRANT INSERT ON ${table} TO <role>;`,
  ],
  '23514': (table) => [
    'event_id_out_of_range',
    `${table} has no partition for the time of this event. Its id, or createdAt, lies outside the retained time; or no ` +
      'Posthorn has run for weeks: `npx posthorn migrate` makes the partitions that are missing.',
  ],
  '23505': (table) => [
    'event_conflict',
    `${table} has an event of this organisation with this id already. Leave the id out and one is made.`,
  ],
}

/** The error of a driver as one that names the fix, if the reason is known; else as it came. */
export function explainRefusal(error: unknown, table: string): unknown {
  const state = sqlStateOf(error)
  const explain = state === undefined ? undefined : explanations[state]
  return explain ? new EmitError(...explain(table), error) : error
}

/** Drivers say it at the top, drizzle one cause below, Prisma in the error of its driver adapter. */
function sqlStateOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth === 5) return undefined
  const { code, originalCode, cause, meta } = error as Record<string, unknown>
  for (const state of [originalCode, code]) {
    if (typeof state === 'string' && Object.hasOwn(explanations, state)) return state
  }
  const adapters = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError
  return sqlStateOf(cause, depth + 1) ?? sqlStateOf(adapters, depth + 1)
}

function schemaOf(table: string): string {
  return table.slice(0, table.lastIndexOf('.'))
}

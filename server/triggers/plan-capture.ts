import { closestName } from '../http/closest-name.ts'
import { commonErrors, type FieldIssue } from '../kernel/errors.ts'
import type { TableColumn, TableFacts } from './read-table.ts'
import type { Capture } from './schemas.ts'

/** A column that events tell of, by the name that receivers see. */
export interface CapturedColumn {
  name: string
  key: string
  /** Without a time zone, which a receiver needs: it is taken for UTC. */
  isZoneless: boolean
}

/** A capture that was checked, with its columns. */
export interface CapturePlan {
  capture: Capture
  columns: CapturedColumn[]
}

/** `changes` of an update, `from` and `to` of a transition. */
const ownKeys: readonly string[] = ['changes', 'from', 'to']

/**
 * Decides what the triggers of a table capture. Without `facts` it believes what it is told, and must be told the columns.
 * @throws validation_failed with each thing that is wrong, and its fix
 */
export function planCapture(capture: Capture, facts: TableFacts | undefined): CapturePlan {
  const known = facts?.columns ?? capture.columns?.map((name) => ({ name, type: '' }))
  if (!known) {
    throw refuse(capture, [
      {
        field: 'columns',
        message: 'are not known without a database',
        fix: 'Set DATABASE_URL, or name them: --columns id,title,status.',
      },
    ])
  }
  const missing = facts ? checkTable(capture, facts) : []
  if (missing.length > 0) throw refuse(capture, missing)
  const wanted = capture.columns ?? known.map(({ name }) => name)
  const columns = wanted
    .filter((name) => !capture.exclude.includes(name))
    .map((name) => capturedColumn(name, known))
  const issues = [
    ...(facts ? checkColumns(capture, facts) : []),
    ...checkKeys(columns),
    ...checkTransitions(capture, columns),
  ]
  if (issues.length > 0) throw refuse(capture, issues)
  return { capture, columns }
}

function capturedColumn(name: string, known: readonly TableColumn[]): CapturedColumn {
  const type = known.find((column) => column.name === name)?.type ?? ''
  return { name, key: toCamel(name), isZoneless: type === 'timestamp without time zone' }
}

/** As the catalogue and every body write names: `due_at` is `dueAt`. */
function toCamel(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_+([a-z0-9])/g, (_all, letter: string) =>
    letter.toUpperCase(),
  )
}

function checkTable({ schema, table }: Capture, facts: TableFacts): FieldIssue[] {
  const issues: FieldIssue[] = []
  if (facts.columns.length === 0) {
    const near = closestName(table, facts.tables)
    const fix = near
      ? `Did you mean ${near}?`
      : `Name a table of ${schema}, as it is written there, or --table <schema>.<table>; views have no rows to watch.`
    issues.push({ field: 'table', message: `${schema}.${table} does not exist`, fix })
  }
  if (!facts.hasPosthorn) {
    const fix = 'Run `npx posthorn migrate` first, or name its schema: POSTHORN_SCHEMA.'
    issues.push({ field: 'POSTHORN_SCHEMA', message: 'has no domain_events', fix })
  }
  return issues
}

function checkColumns(capture: Capture, { columns, organisationFault }: TableFacts): FieldIssue[] {
  const names = columns.map(({ name }) => name)
  const issues: FieldIssue[] = []
  const typeOf = (field: string, name: string): string | undefined => {
    const type = columns.find((column) => column.name === name)?.type
    if (type !== undefined) return type
    const near = closestName(name, names)
    const fix = near ? `Did you mean ${near}?` : `The table has ${names.join(', ')}.`
    issues.push({ field, message: `${name} is no column of ${capture.table}`, fix })
    return undefined
  }
  const idType = typeOf('id', capture.idColumn) ?? 'uuid'
  if (idType !== 'uuid' && !capture.mapId) {
    const message = `${capture.idColumn} is ${idType}, but the entity id of an event is a UUID`
    const fix =
      'Use --map-id, which keeps UUIDs that are text and derives one from any other key; or another column.'
    issues.push({ field: 'id', message, fix })
  }
  if (capture.organisationSql === undefined) checkOrganisation(capture, typeOf, issues)
  if (organisationFault !== undefined) {
    const fix = 'Give an expression of type uuid; the row is r, names of tables need their schema.'
    issues.push({ field: 'organisation-sql', message: `is refused: ${organisationFault}`, fix })
  }
  for (const name of capture.columns ?? []) typeOf('columns', name)
  for (const name of capture.exclude) typeOf('exclude', name)
  for (const { column } of capture.transitions) typeOf('status-column', column)
  return issues
}

function checkOrganisation(
  { organisationColumn }: Capture,
  typeOf: (field: string, name: string) => string | undefined,
  issues: FieldIssue[],
): void {
  const type = typeOf('organisation-column', organisationColumn)
  if (type === undefined || type === 'uuid') return
  const message = `${organisationColumn} is ${type}, not uuid`
  const fix = `Say how it becomes one: --organisation-sql 'r.${organisationColumn}::uuid'.`
  issues.push({ field: 'organisation-column', message, fix })
}

function checkKeys(columns: readonly CapturedColumn[]): FieldIssue[] {
  return columns.flatMap(({ name, key }, index) => {
    const isTaken =
      ownKeys.includes(key) || columns.slice(0, index).some((other) => other.key === key)
    if (!isTaken) return []
    const message = `${name} would be ${key} in the data of an event, which something else is`
    return [{ field: 'columns', message, fix: `Leave it out: --exclude ${name}.` }]
  })
}

function checkTransitions(capture: Capture, columns: readonly CapturedColumn[]): FieldIssue[] {
  return capture.transitions
    .filter(({ column }) => !columns.some(({ name }) => name === column))
    .map(({ column }) => ({
      field: 'status-column',
      message: `${column} is not among the columns that events tell of`,
      fix: 'Do not exclude it; add it to --columns if you name them.',
    }))
}

function refuse({ schema, table }: Capture, issues: FieldIssue[]): Error {
  const detail = `Triggers for ${schema}.${table} cannot be made.`
  return commonErrors.validation_failed({ detail, issues })
}

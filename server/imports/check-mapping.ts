import type { Database } from '../database/database.ts'
import { closestName } from '../http/closest-name.ts'
import { type FieldIssue, PosthornError } from '../kernel/errors.ts'
import { type LiveTable, listTableNames, listTimeZones, readLiveTable } from './live-table.ts'
import { listSources, type Mapping, mappingInvalid } from './mapping.ts'
import { identifier, probeSql, probeWhereSql } from './select-sql.ts'

const withZone = 'timestamp with time zone'
const withoutZone = 'timestamp without time zone'

/**
 * Holds a mapping against the table it is about. Answers what is right but slow, in words.
 * @throws import_mapping_invalid listing every mistake, each with its fix
 */
export async function checkMapping(source: Database, mapping: Mapping): Promise<string[]> {
  const table = await readLiveTable(source, mapping.table)
  if (!table) throw mappingInvalid([await missingTable(source, mapping.table)])
  const issues = [
    ...checkColumns(mapping, table),
    ...checkTime(mapping, table, mapping.timeZone ? await listTimeZones(source) : []),
  ]
  // Of an expression over columns that are not there, Postgres would say the same again.
  issues.push(...(await probe(source, mapping, table)))
  if (issues.length > 0) throw mappingInvalid(issues)
  if (table.indexedColumns.includes(mapping.time)) return []
  const columns = [mapping.time, ...mapping.key].map(identifier).join(', ')
  return [
    `${mapping.table} has no index that begins with ${mapping.time}, so each page reads all of it. ` +
      `Make one first: CREATE INDEX CONCURRENTLY ON ${mapping.table} (${columns});`,
  ]
}

function checkColumns(mapping: Mapping, { columns, uniqueKeys }: LiveTable): FieldIssue[] {
  const names = columns.map(({ name }) => name)
  const used = [
    ...mapping.key.map((column) => ({ field: 'key', column })),
    { field: 'time', column: mapping.time },
    ...listSources(mapping).map(({ path, source }) => ({
      field: `event.${path}.column`,
      column: source.column,
    })),
  ]
  const issues = used.flatMap(({ field, column }): FieldIssue[] => {
    if (column === undefined || names.includes(column)) return []
    const meant = closestName(column, names)
    const all = `${mapping.table} has ${names.join(', ')}.`
    return [
      {
        field,
        message: `names the column ${column}, which ${mapping.table} does not have`,
        fix: meant === undefined ? all : `Did you mean ${meant}? ${all}`,
      },
    ]
  })
  const nullable = columns.filter(
    ({ name, isNullable }) => isNullable && mapping.key.includes(name),
  )
  if (!issues.some(({ field }) => field === 'key') && !isKey(mapping.key, uniqueKeys, nullable)) {
    issues.push({
      field: 'key',
      message: `${mapping.key.join(', ')} may be null or the same in two rows`,
      fix: 'Name columns that are NOT NULL and that a unique index covers, such as the primary key.',
    })
  }
  return issues
}

function isKey(key: string[], uniqueKeys: string[][], nullable: unknown[]): boolean {
  const isUnique = uniqueKeys.some((unique) => unique.every((column) => key.includes(column)))
  return isUnique && nullable.length === 0
}

function checkTime(mapping: Mapping, { columns }: LiveTable, zones: string[]): FieldIssue[] {
  const type = columns.find(({ name }) => name === mapping.time)?.type
  if (type === undefined) return []
  if (type !== withZone && type !== withoutZone) {
    const fix = `Name a column of the type ${withZone} or ${withoutZone}.`
    return [{ field: 'time', message: `${mapping.time} is of the type ${type}`, fix }]
  }
  const { timeZone } = mapping
  if (type === withZone) {
    if (timeZone === undefined) return []
    const message = `is for times without one, but ${mapping.time} has its own`
    return [{ field: 'timeZone', message, fix: 'Leave it out.' }]
  }
  if (timeZone === undefined) {
    const message = `is required, because ${mapping.time} says no zone`
    return [{ field: 'timeZone', message, fix: 'Name the zone it was written in: "UTC".' }]
  }
  if (zones.includes(timeZone)) return []
  const meant = closestName(timeZone, zones) ?? 'UTC or Europe/Berlin'
  return [
    { field: 'timeZone', message: `${timeZone} is no zone`, fix: `Use a name like ${meant}.` },
  ]
}

/** Lets Postgres read each expression, over no rows. */
async function probe(source: Database, mapping: Mapping, { columns }: LiveTable) {
  const names = columns.map(({ name }) => name).join(', ')
  const probes = listSources(mapping)
    .filter((own) => own.source.sql !== undefined)
    .map((own) => ({
      field: `event.${own.path}.sql`,
      sql: probeSql(mapping, own.path, own.source),
    }))
  if (mapping.where !== undefined) probes.push({ field: 'where', sql: probeWhereSql(mapping) })
  const issues: FieldIssue[] = []
  for (const { field, sql: text } of probes) {
    try {
      await source.query((sql) => sql.unsafe(text))
    } catch (error) {
      if (error instanceof PosthornError) throw error
      const message = `is not SQL that ${mapping.table} understands: ${(error as Error).message}`
      issues.push({ field, message, fix: `Use its columns: ${names}.` })
    }
  }
  return issues
}

async function missingTable(source: Database, table: string): Promise<FieldIssue> {
  const names = await listTableNames(source)
  const meant = closestName(table, names)
  const fix =
    meant === undefined ? `There are ${names.slice(0, 20).join(', ')}.` : `Did you mean ${meant}?`
  return { field: 'table', message: `${table} does not exist in this database`, fix }
}

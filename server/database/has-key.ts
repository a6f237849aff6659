import type { Fragment, Sql } from './database.ts'

/**
 * That a row of `table` has this primary key; the columns are given with their tables. The range leaves the primary key as
 * the only way, whatever a plan was made for (decision 0023); the equality lets partitions be passed over.
 */
export function hasKey(sql: Sql, table: string, organisationId: string, id: string): Fragment {
  const key = sql`(${sql(`${table}.organisation_id`)}, ${sql(`${table}.id`)})`
  const wanted = sql`(${sql(organisationId)}, ${sql(id)})`
  return sql`${sql(`${table}.id`)} = ${sql(id)} and ${key} >= ${wanted} and ${key} <= ${wanted}`
}

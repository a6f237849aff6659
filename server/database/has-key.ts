import type { Fragment, Sql } from './database.ts'

/**
 * That a row of `table` has this primary key, said as a range; the columns are given with their tables. An equality would
 * let a plan that was made while the table was empty walk all of it for each key, once it has grown. The range leaves the
 * primary key as the only way (decision 0023).
 */
export function atKey(sql: Sql, table: string, organisationId: string, id: string): Fragment {
  const key = sql`(${sql(`${table}.organisation_id`)}, ${sql(`${table}.id`)})`
  const wanted = sql`(${sql(organisationId)}, ${sql(id)})`
  return sql`${key} >= ${wanted} and ${key} <= ${wanted}`
}

/** The same, and an equality that lets partitions be passed over. */
export function hasKey(sql: Sql, table: string, organisationId: string, id: string): Fragment {
  return sql`${sql(`${table}.id`)} = ${sql(id)} and ${atKey(sql, table, organisationId, id)}`
}

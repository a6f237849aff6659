import { derivedIdAt } from '../kernel/ids.ts'

/** Which row of an old table an event comes from. */
export interface RowIdentity {
  /** `schema.table`; without a schema it is `public`. */
  table: string
  /** The row's key as Postgres prints it; of a key of several columns, their values in the mapping's order. */
  key: string | number | bigint | readonly (string | number | bigint)[]
  /** When the row says it happened: a Date, or milliseconds since 1970. What is finer than a millisecond has no say. */
  createdAt: Date | number
}

/**
 * The id that the event of a row gets, whoever writes it: the row's millisecond, then a hash of table and key, shaped as
 * a UUIDv7. A host that writes both tables emits with it, so that `posthorn import` and `posthorn reconcile` know the
 * event for the row's own.
 */
export function eventIdOf({ table, key, createdAt }: RowIdentity): string {
  const parts = [qualifiedName(table), ...(Array.isArray(key) ? key : [key])]
  return derivedIdAt(Math.floor(Number(createdAt)), parts.join('\0'))
}

/** `schema.table`, which is how a table is named in ids and reports. */
export function qualifiedName(table: string): string {
  return table.includes('.') ? table : `public.${table}`
}

import type { Delivery, DeliveryPage } from '@posthorn/sdk'

export interface Rows {
  rows: Delivery[]
  nextCursor: string | null
}

/** Puts a fresh first page before older rows that were loaded already. */
export function mergeFirstPage(known: Rows | undefined, page: DeliveryPage): Rows {
  const fresh = { rows: page.data, nextCursor: page.nextCursor }
  const last = page.data.at(-1)
  if (!known || !last || page.nextCursor === null) return fresh
  // Ids follow the order of the list. Whatever is newer than the page's end and not in it left the list.
  const older = known.rows.filter(({ id }) => id < last.id)
  const overlaps = known.rows.some(({ id }) => id >= last.id)
  // Without overlap there may be a gap that no cursor fills; start over.
  if (older.length === 0 || !overlaps) return fresh
  return { rows: [...page.data, ...older], nextCursor: known.nextCursor }
}

export function appendPage(known: Rows, page: DeliveryPage): Rows {
  const seen = new Set(known.rows.map(({ id }) => id))
  const added = page.data.filter(({ id }) => !seen.has(id))
  return { rows: [...known.rows, ...added], nextCursor: page.nextCursor }
}

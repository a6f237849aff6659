import { defineErrors } from './errors.ts'
import { isUuid } from './ids.ts'

/** One page of a list, newest first. `nextCursor` is null on the last page. */
export interface Page<T> {
  data: T[]
  nextCursor: string | null
}

export const pageErrors = defineErrors({
  cursor_invalid: { status: 400, title: 'The cursor is not one that this list gave out' },
})

export function encodeCursor(lastId: string): string {
  return Buffer.from(lastId.replaceAll('-', ''), 'hex').toString('base64url')
}

export function decodeCursor(cursor: string): string {
  const hex = Buffer.from(cursor, 'base64url').toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  if (!isUuid(id)) throw pageErrors.cursor_invalid({ detail: 'Pass `nextCursor` as it was given.' })
  return id
}

/** Turns `limit + 1` rows into a page of `limit`. */
export function toPage<Row extends { id: string }, Item>(
  rows: Row[],
  limit: number,
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map(present),
    nextCursor: rows.length > limit && last ? encodeCursor(last.id) : null,
  }
}

import type { Database } from '../database/database.ts'
import { isDataError } from '../database/sql-state.ts'
import type { Mapping } from './mapping.ts'
import { type PageRequest, pageSql, placeSql, type RowRange, type SourceRow } from './select-sql.ts'

const rowsMax = 1000
/** A page grows from here, so that the first of a table of large rows is no surprise. */
const rowsFirst = 64
/** Of data; a page that held more is followed by a smaller one. */
const pageBytesMax = 8 * 1024 * 1024

/** A row that Postgres could not compute the values of. */
export interface UnreadableRow {
  key: string[]
  createdAt: string | null
  reason: string
}

export interface Page {
  rows: SourceRow[]
  unreadable: UnreadableRow[]
}

/**
 * The rows of a range in the order of time and key, page by page, each found from where the last one ended. A value that
 * cannot be computed makes pages smaller until its row stands alone; the others are read.
 */
export async function* readPages(
  source: Database,
  mapping: Mapping,
  range: RowRange,
  hashed = false,
): AsyncGenerator<Page> {
  let limit = rowsFirst
  let after: string[] | undefined
  for (;;) {
    const page = await readPage(source, mapping, { range, after, limit, hashed })
    if (page === 'too many') {
      limit = Math.ceil(limit / 2)
      continue
    }
    if (page.place === undefined) return
    after = page.place
    const bytes = page.rows.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
    limit = bytes > pageBytesMax ? Math.ceil(limit / 2) : Math.min(rowsMax, limit * 2)
    yield page
  }
}

async function readPage(
  source: Database,
  mapping: Mapping,
  request: PageRequest,
): Promise<(Page & { place: string[] | undefined }) | 'too many'> {
  try {
    const rows = await source.query((sql) => sql.unsafe<SourceRow[]>(pageSql(mapping, request)))
    return { rows: [...rows], unreadable: [], place: rows.at(-1)?.place }
  } catch (error) {
    if (!isDataError(error)) throw error
    if (request.limit > 1) return 'too many'
    const [row] = await source.query((sql) =>
      sql.unsafe<(UnreadableRow & { place: string[] })[]>(placeSql(mapping, request)),
    )
    if (!row) throw error
    const { key, createdAt, place } = row
    return { rows: [], unreadable: [{ key, createdAt, reason: String(error) }], place }
  }
}

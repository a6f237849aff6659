import { recordAudit } from '../audit/index.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/database.ts'
import type { Caller } from '../kernel/caller.ts'
import { commonErrors, PosthornError } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor } from '../kernel/page.ts'
import { csvRecord } from './csv.ts'
import type { DeliveryFilter } from './filter-schema.ts'
import { presentDelivery } from './read-deliveries.ts'
import { type Delivery, deliverySchema } from './schemas.ts'
import { readAs, type SearchResult, searchDeliveries, type Tenant } from './search-deliveries.ts'

export const exportFormats = ['ndjson', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Rows of one export at most; its last line says where the next may begin. */
export const exportRowsMax = 1_000_000

export interface ExportRequest {
  format: ExportFormat
  /** Where an earlier one stopped. */
  cursor?: string | undefined
  /** @default exportRowsMax */
  rowsMax?: number
  /** Rows that are in memory at once. @default 1000 */
  pageRows?: number
}

/** Why an export ends before its end, and where to go on. */
interface Incomplete {
  code: string
  nextCursor: string | null
}

interface Format {
  head: string
  row: (delivery: Delivery) => string
  incomplete: (why: Incomplete) => string
}

const columns = Object.keys(deliverySchema.shape) as (keyof Delivery)[]

const formats: Record<ExportFormat, Format> = {
  ndjson: {
    head: '',
    row: (delivery) => `${JSON.stringify(delivery)}\n`,
    incomplete: (incomplete) => `${JSON.stringify({ incomplete })}\n`,
  },
  csv: {
    head: csvRecord(columns),
    row: (delivery) => csvRecord(columns.map((column) => delivery[column])),
    incomplete: ({ code, nextCursor }) => csvRecord(['#incomplete', code, nextCursor]),
  },
}

/**
 * Everything that matches, newest first, in pieces of text that are read as they are asked for: one page at a time is
 * in memory, and nothing is held between pages. When it cannot go on, its last line says so. The first page is read
 * before it answers, so that a request that cannot be served fails as any other; with it goes the entry in the audit log.
 */
export async function exportDeliveries(
  ctx: Context,
  by: Caller,
  tenant: Tenant,
  filter: DeliveryFilter,
  { format, cursor, rowsMax = exportRowsMax, pageRows = 1000 }: ExportRequest,
): Promise<AsyncGenerator<Uint8Array, void, undefined>> {
  const search = (tx: Tx, own: DeliveryFilter, before: string | undefined, rowsLeft: number) =>
    searchDeliveries(ctx, tx, { filter: own, limit: Math.min(pageRows, rowsLeft), before })
  const read = (before: string, rowsLeft: number): Promise<SearchResult> =>
    readAs(ctx, tenant, filter, (tx, own) => search(tx, own, before, rowsLeft))
  const start = cursor === undefined ? undefined : decodeCursor(cursor)
  const first = await readAs(ctx, tenant, filter, async (tx, own) => {
    await recordAudit(tx, by, {
      action: 'deliveries.exported',
      organisationId: tenant === 'platform' ? null : tenant,
      targetId: tenant,
      after: { format, filter },
    })
    return search(tx, own, start, rowsMax)
  })
  return writePages(ctx, first, read, formats[format], rowsMax)
}

async function* writePages(
  ctx: Context,
  first: SearchResult,
  read: (before: string, rowsLeft: number) => Promise<SearchResult>,
  format: Format,
  rowsMax: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder()
  let page = first
  let rows = 0
  let text = format.head
  for (;;) {
    text += page.rows.map((row) => format.row(presentDelivery(row))).join('')
    rows += page.rows.length
    const { next } = page
    if (next === null) break
    if (rows >= rowsMax) {
      text += format.incomplete({ code: 'export_rows_max', nextCursor: encodeCursor(next) })
      break
    }
    if (text !== '') yield encoder.encode(text)
    text = ''
    try {
      page = await read(next, rowsMax - rows)
    } catch (error) {
      const { code } = error instanceof PosthornError ? error : commonErrors.internal_error()
      ctx.log.warn({ err: error }, 'an export stopped half way')
      text = format.incomplete({ code, nextCursor: encodeCursor(next) })
      break
    }
  }
  if (text !== '') yield encoder.encode(text)
}

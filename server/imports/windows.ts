import type { Database } from '../database/database.ts'
import { comparableOf, countComparable, readComparable, type Window } from './comparable-events.ts'
import type { Ground } from './import-rows.ts'
import { type Facts, judgeRow, type Reject } from './judge-row.ts'
import type { Mapping } from './mapping.ts'
import type { Row, Sides } from './pair.ts'
import { readPages } from './read-pages.ts'
import { countSql } from './select-sql.ts'

/** Rows and events that one window may hold: what is in memory at once. */
const windowRowsMax = 20_000
/** A window is not cut finer. */
const windowMsMin = 60_000

type Databases = Pick<Ground, 'source' | 'target' | 'mapping'>

/** Cuts a time into windows small enough to be held, earliest first, and leaves out those with nothing in them. */
export async function* cutWindows(databases: Databases, window: Window): AsyncGenerator<Window> {
  const { source, target, mapping } = databases
  const { fromMs, toMs } = window
  const held =
    (await countRows(source, mapping, window)) +
    (await countComparable(target, comparableOf(mapping), window))
  if (held === 0) return
  if (held <= windowRowsMax || toMs - fromMs < 2 * windowMsMin) {
    yield window
    return
  }
  const middleMs = Math.floor((fromMs + toMs) / 2)
  yield* cutWindows(databases, { fromMs, toMs: middleMs })
  yield* cutWindows(databases, { fromMs: middleMs, toMs })
}

/**
 * Both sides of a window. Rows first: of two that were written in one transaction, whoever sees the row then sees the
 * event, and never takes it for missing.
 */
export async function loadWindow(
  { source, target, mapping }: Databases,
  window: Window,
  facts: Facts,
): Promise<Sides & { rejects: Reject[] }> {
  const rows: Row[] = []
  const rejects: Reject[] = []
  for await (const page of readPages(source, mapping, window, true)) {
    for (const row of page.rows) {
      const judged = judgeRow(row, facts)
      if ('reject' in judged) rejects.push(judged.reject)
      else rows.push({ ...judged.event, key: row.key })
    }
    rejects.push(
      ...page.unreadable.map(({ key, createdAt, reason }) => ({
        table: facts.table,
        key,
        createdAt,
        reasons: [reason],
      })),
    )
  }
  const events = await readComparable(target, comparableOf(mapping), window)
  return { rows, events, rejects }
}

async function countRows(source: Database, mapping: Mapping, window: Window): Promise<number> {
  const [row] = await source.query((sql) =>
    sql.unsafe<{ rows: number }[]>(countSql(mapping, window)),
  )
  return row?.rows ?? 0
}

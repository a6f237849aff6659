import { scanEvents } from './scan-events.ts'
import { scanLedger } from './scan-ledger.ts'
import type { Source } from './source.ts'
import type { Position, Window } from './window.ts'

/** What comes after a position, of at most `limit` rows: each statement reads no more, however long the history. */
export function lookAhead(source: Source, after: Position | null, limit: number): Promise<Window> {
  return source.task.mode === 'missing'
    ? scanEvents(source, after, limit)
    : scanLedger(source, after, limit)
}

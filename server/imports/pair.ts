import { timeOfId } from '../kernel/ids.ts'
import type { ImportedEvent } from './judge-row.ts'

/** A row of the old table, as the event that it would be. */
export interface Row extends ImportedEvent {
  key: string[]
}

export interface Pairing {
  pairs: { row: Row; event: ImportedEvent }[]
  /** Rows that no event can belong to any more, and the other way round. */
  rows: Row[]
  events: ImportedEvent[]
  /** Those that something later may still belong to. */
  waiting: Sides
}

export interface Sides {
  rows: Row[]
  events: ImportedEvent[]
}

/** Pairs rows with the events that have their ids. */
export function pairById({ rows, events }: Sides): Sides & Pick<Pairing, 'pairs'> {
  const eventOf = new Map(events.map((event) => [event.id, event]))
  const pairs = rows.flatMap((row) => {
    const event = eventOf.get(row.id)
    return event ? [{ row, event }] : []
  })
  const paired = new Set(pairs.map(({ row }) => row.id))
  const isAlone = ({ id }: ImportedEvent): boolean => !paired.has(id)
  return { pairs, rows: rows.filter(isAlone), events: events.filter(isAlone) }
}

/**
 * Pairs rows with events about the same entity, of the same type, whose times are at most the tolerance apart: the
 * earliest with the earliest, one to one, which leaves the fewest alone. `loadedToMs` says up to when everything is at
 * hand; what lies too close to it waits for the next window.
 */
export function pairByTime(sides: Sides, toleranceMs: number, loadedToMs: number): Pairing {
  const pairing: Pairing = { pairs: [], rows: [], events: [], waiting: { rows: [], events: [] } }
  const rowsOf = Map.groupBy(sides.rows, groupOf)
  const eventsOf = Map.groupBy(sides.events, groupOf)
  for (const group of new Set([...rowsOf.keys(), ...eventsOf.keys()])) {
    const rows = inOrder(rowsOf.get(group))
    const events = inOrder(eventsOf.get(group))
    let [row, event] = [rows.shift(), events.shift()]
    while (row || event) {
      const [rowMs, eventMs] = [timeOf(row), timeOf(event)]
      if (row && event && Math.abs(rowMs - eventMs) <= toleranceMs) {
        pairing.pairs.push({ row, event })
        ;[row, event] = [rows.shift(), events.shift()]
      } else if (row && rowMs <= eventMs) {
        const isAlone = event !== undefined || rowMs + toleranceMs < loadedToMs
        ;(isAlone ? pairing : pairing.waiting).rows.push(row)
        row = rows.shift()
      } else if (event) {
        const isAlone = row !== undefined || eventMs + toleranceMs < loadedToMs
        ;(isAlone ? pairing : pairing.waiting).events.push(event)
        event = events.shift()
      }
    }
  }
  return pairing
}

/** By the id, as windows are cut. Nothing comes after everything. */
export function timeOf(event: ImportedEvent | undefined): number {
  return event ? timeOfId(event.id) : Number.POSITIVE_INFINITY
}

function groupOf({ entityId, eventType }: ImportedEvent): string {
  return `${entityId} ${eventType}`
}

function inOrder<Of extends ImportedEvent>(items: Of[] = []): Of[] {
  return items.sort((one, other) => timeOf(one) - timeOf(other))
}

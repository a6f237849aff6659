import type { ImportedEvent } from './judge-row.ts'
import type { Row } from './pair.ts'

const examplesMax = 10
const none = { rows: 0, events: 0, missingInEvents: 0, missingInTable: 0, different: 0 }

/** Of one event type on one day (UTC, by the row's time, or the event's when there is no row). */
export interface DayCount {
  eventType: string
  day: string
  rows: number
  events: number
  /** Rows without an event. */
  missingInEvents: number
  /** Events without a row. */
  missingInTable: number
  /** Pairs that do not say the same. */
  different: number
}

export interface Difference {
  /** Of the event, or the id that it would get. */
  id: string
  eventType: string
  entityId: string
  createdAt: string
  /** Of the row, where there is one. */
  key?: string[]
  /** What differs between row and event. */
  fields?: string[]
}

export interface Examples {
  missingInEvents: Difference[]
  missingInTable: Difference[]
  different: Difference[]
}

/** Adds up what a reconciliation finds: memory for each type and day, and a few examples. */
export class Tally {
  readonly #counts = new Map<string, DayCount>()
  readonly examples: Examples = { missingInEvents: [], missingInTable: [], different: [] }

  addPair(row: Row, event: ImportedEvent, differing: string[]): void {
    const count = this.#count(row)
    count.rows++
    count.events++
    if (differing.length === 0) return
    count.different++
    this.#keep('different', { ...differenceOf(row), id: event.id, key: row.key, fields: differing })
  }

  addRow(row: Row): void {
    const count = this.#count(row)
    count.rows++
    count.missingInEvents++
    this.#keep('missingInEvents', { ...differenceOf(row), key: row.key })
  }

  addEvent(event: ImportedEvent): void {
    const count = this.#count(event)
    count.events++
    count.missingInTable++
    this.#keep('missingInTable', differenceOf(event))
  }

  sums(): Omit<DayCount, 'eventType' | 'day'> {
    const sums = { ...none }
    for (const count of this.#counts.values())
      for (const field of Object.keys(none) as (keyof typeof none)[]) sums[field] += count[field]
    return sums
  }

  /** By day, then by type. */
  counts(): DayCount[] {
    const order = ({ day, eventType }: DayCount): string => `${day} ${eventType}`
    return [...this.#counts.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1))
  }

  #count({ eventType, createdAt }: ImportedEvent): DayCount {
    const day = createdAt.slice(0, 10)
    const name = `${day} ${eventType}`
    let count = this.#counts.get(name)
    if (!count) {
      count = { eventType, day, ...none }
      this.#counts.set(name, count)
    }
    return count
  }

  #keep(kind: keyof Examples, difference: Difference): void {
    if (this.examples[kind].length < examplesMax) this.examples[kind].push(difference)
  }
}

function differenceOf({ id, eventType, entityId, createdAt }: ImportedEvent): Difference {
  return { id, eventType, entityId, createdAt }
}

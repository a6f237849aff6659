import { newId } from '../kernel/ids.ts'
import type { StreamedAttempt, StreamGap } from './schemas.ts'

/** What happened, in the order in which this process heard of it. */
export type RingEntry =
  | { id: string; kind: 'attempt'; attempt: StreamedAttempt }
  | { id: string; kind: 'gap'; reason: StreamGap['reason'] }

export interface RingLimits {
  entriesMax: number
  /** As `sizeOf` estimates them. */
  bytesMax: number
}

export interface RingRead {
  entries: RingEntry[]
  /** Where to read on. */
  position: number
  /** What stood at the position asked for is no longer here. */
  lost: boolean
}

/** What an attempt takes in memory, about: a fixed part, and texts that others wrote. */
export function sizeOf({ error, eventType, entityType }: StreamedAttempt): number {
  return 1000 + 2 * ((error?.length ?? 0) + eventType.length + entityType.length)
}

/**
 * The newest attempts, and how many ever came: a reader is a position in it. One that falls behind what is kept has
 * lost something and is told so; no reader costs memory of its own. Ids tell nothing of how much others do.
 */
export class AttemptRing {
  readonly #limits: RingLimits
  readonly #entries: (RingEntry | undefined)[]
  /** The id of what came before the oldest entry. */
  #idBeforeOldest = newId()
  #oldest = 0
  #next = 0
  #bytes = 0

  constructor(limits: RingLimits) {
    this.#limits = limits
    this.#entries = new Array(limits.entriesMax)
  }

  /** After everything that is here. */
  get end(): number {
    return this.#next
  }

  push(attempt: StreamedAttempt): void {
    this.#bytes += sizeOf(attempt)
    this.#put({ id: newId(), kind: 'attempt', attempt })
    while (this.#bytes > this.#limits.bytesMax && this.#next - this.#oldest > 1) this.#drop()
  }

  /** Something may be missing here. Two gaps with nothing between them are one. */
  pushGap(reason: StreamGap['reason']): void {
    if (this.#next > this.#oldest && this.#at(this.#next - 1)?.kind === 'gap') return
    this.#put({ id: newId(), kind: 'gap', reason })
  }

  /** Where to go on after an event; undefined when nobody can say what came since. */
  positionAfter(id: string): number | undefined {
    for (let position = this.#next; position > this.#oldest; position--) {
      if (this.#at(position - 1)?.id === id) return position
    }
    return id === this.#idBeforeOldest ? this.#oldest : undefined
  }

  /** The id of the last entry before a position, as far as it is kept. */
  idBefore(position: number): string {
    return position > this.#oldest ? (this.#at(position - 1)?.id ?? '') : this.#idBeforeOldest
  }

  /** Up to `max` of the attempts that match, and every gap among them. */
  read(from: number, max: number, matches: (attempt: StreamedAttempt) => boolean): RingRead {
    const lost = from < this.#oldest
    const entries: RingEntry[] = []
    let position = Math.max(from, this.#oldest)
    for (; position < this.#next && entries.length < max; position++) {
      const entry = this.#at(position)
      if (entry?.kind === 'gap' || (entry && matches(entry.attempt))) entries.push(entry)
    }
    return { entries, position, lost }
  }

  #put(entry: RingEntry): void {
    if (this.#next - this.#oldest === this.#limits.entriesMax) this.#drop()
    this.#entries[this.#next++ % this.#limits.entriesMax] = entry
  }

  #drop(): void {
    const entry = this.#at(this.#oldest)
    this.#entries[this.#oldest++ % this.#limits.entriesMax] = undefined
    if (!entry) return
    this.#idBeforeOldest = entry.id
    if (entry.kind === 'attempt') this.#bytes -= sizeOf(entry.attempt)
  }

  #at(position: number): RingEntry | undefined {
    return this.#entries[position % this.#limits.entriesMax]
  }
}

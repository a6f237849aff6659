import type { Clock } from '../kernel/clock.ts'

interface WakeUp {
  id: string
  atMs: number
}

/** Calls back for each id when its time has come: a heap and one timer for the earliest. The latest time of an id holds. */
export class WakeUps {
  readonly #clock: Clock
  readonly #onTime: (id: string) => void
  readonly #atMs = new Map<string, number>()
  readonly #heap: WakeUp[] = []
  #timer: { atMs: number; cancel: () => void } | undefined

  constructor(clock: Clock, onTime: (id: string) => void) {
    this.#clock = clock
    this.#onTime = onTime
  }

  /** @param atMs monotonic */
  set(id: string, atMs: number): void {
    if (this.#atMs.get(id) === atMs) return
    this.#atMs.set(id, atMs)
    this.#push({ id, atMs })
    this.#arm()
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#heap.length = 0
    this.#atMs.clear()
  }

  #arm(): void {
    const earliest = this.#heap[0]
    if (!earliest || (this.#timer && this.#timer.atMs <= earliest.atMs)) return
    this.#timer?.cancel()
    // A timer may be early by a part of a millisecond.
    const forMs = Math.max(1, Math.ceil(earliest.atMs - this.#clock.monotonicMs()))
    const cancel = this.#clock.after(Math.min(forMs, 0x7fff_ffff), () => this.#ring())
    this.#timer = { atMs: earliest.atMs, cancel }
  }

  #ring(): void {
    this.#timer = undefined
    const nowMs = this.#clock.monotonicMs()
    for (let first = this.#heap[0]; first && first.atMs <= nowMs; first = this.#heap[0]) {
      this.#pop()
      // Replaced by another time meanwhile.
      if (this.#atMs.get(first.id) !== first.atMs) continue
      this.#atMs.delete(first.id)
      this.#onTime(first.id)
    }
    this.#arm()
  }

  #push(added: WakeUp): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(added)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above] as WakeUp
      if (parent.atMs <= added.atMs) break
      heap[at] = parent
      at = above
    }
    heap[at] = added
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if ((heap[below + 1]?.atMs ?? Number.POSITIVE_INFINITY) < (heap[below] as WakeUp).atMs)
        below++
      const child = heap[below] as WakeUp
      if (child.atMs >= last.atMs) break
      heap[at] = child
      at = below
    }
    heap[at] = last
  }
}

/** Longer than dispatchers ever pause while somebody listens. */
const silentMaxMs = 7000

interface Teller {
  /** Undefined after our own connection was lost: whatever comes next is right. */
  sequence: number | undefined
  heardAtMs: number
}

export type Hearing = 'next' | 'after_gap' | 'repeated'

/** Whether everything was heard that other dispatchers told. */
export class Sequences {
  readonly #tellers = new Map<string, Teller>()

  /** Of somebody who was not heard before, we do not know since when they work. */
  hear(from: string, sequence: number, nowMs: number): Hearing {
    const teller = this.#tellers.get(from)
    const known = teller?.sequence
    if (known !== undefined && sequence <= known) return 'repeated'
    this.#tellers.set(from, { sequence, heardAtMs: nowMs })
    if (teller === undefined) return 'after_gap'
    return known === undefined || sequence === known + 1 ? 'next' : 'after_gap'
  }

  /** They said goodbye. */
  forget(from: string): void {
    this.#tellers.delete(from)
  }

  /** Our connection was lost and is there again. The gap has been told, so the next of everybody is no further one. */
  reconnected(nowMs: number): void {
    for (const from of this.#tellers.keys()) {
      this.#tellers.set(from, { sequence: undefined, heardAtMs: nowMs })
    }
  }

  /** Forgets those who fell silent, and says whether there were any: they may have died with something to tell. */
  forgetSilent(nowMs: number): boolean {
    let found = false
    for (const [from, { heardAtMs }] of this.#tellers) {
      if (nowMs - heardAtMs <= silentMaxMs) continue
      this.#tellers.delete(from)
      found = true
    }
    return found
  }
}

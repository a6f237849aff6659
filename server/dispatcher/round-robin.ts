/** Someone who takes turns. The links belong to the ring that it is in; it may leave and come back at any time. */
export abstract class Flow {
  /** What it may still spend in this turn; below zero it has spent from the turns to come. A newcomer need not pass. */
  credit = 1
  before: Flow | undefined
  after: Flow | undefined
}

/**
 * Deficit round robin, paid afterwards: a turn adds a quantum, whoever has credit goes on, and who overdrew it passes
 * until it is paid back. Nobody needs to know what the next thing costs, so rings can be put into rings. Every step is
 * constant: links instead of a list, for thousands come and go.
 */
export class RoundRobin<T extends Flow> {
  readonly #quantum: number
  #current: T | undefined

  constructor(quantum: number) {
    this.#quantum = quantum
  }

  get isEmpty(): boolean {
    return this.#current === undefined
  }

  /** Whose turn it is. */
  turn(): T | undefined {
    let flow = this.#current
    if (flow === undefined) return undefined
    while (flow.credit <= 0) {
      flow.credit += this.#quantum
      flow = flow.after as T
    }
    this.#current = flow
    return flow
  }

  /** To the end of the round; debts are kept, and nothing is saved up meanwhile. Does nothing if it is there already. */
  add(flow: T): void {
    if (flow.after) return
    const first = this.#current
    if (!first) {
      flow.before = flow
      flow.after = flow
      this.#current = flow
      return
    }
    const last = first.before as T
    flow.before = last
    flow.after = first
    last.after = flow
    first.before = flow
  }

  remove(flow: T): void {
    const { before, after } = flow
    if (!before || !after) return
    if (this.#current === flow) this.#current = after === flow ? undefined : (after as T)
    before.after = after
    after.before = before
    flow.before = undefined
    flow.after = undefined
  }
}

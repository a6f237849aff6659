import { afterOverload, afterSuccess, type Concurrency, initialConcurrency } from './concurrency.ts'

interface Gate {
  concurrency: Concurrency
  underWay: number
}

/** How many requests are under way, in all and per subscription, and whether one more may start. */
export class Gates {
  readonly #max: number
  readonly #perSubscriptionMax: number
  readonly #gates = new Map<string, Gate>()
  readonly #perBucket = new Map<number, number>()
  #underWay = 0

  constructor(max: number, perSubscriptionMax: number) {
    this.#max = max
    this.#perSubscriptionMax = perSubscriptionMax
  }

  get underWay(): number {
    return this.#underWay
  }

  get full(): boolean {
    return this.#underWay >= this.#max
  }

  mayStart(subscriptionId: string): boolean {
    const gate = this.#gates.get(subscriptionId)
    return gate === undefined || gate.underWay < Math.floor(gate.concurrency.limit)
  }

  /** Whether a request of this bucket is under way. */
  isBusy(bucket: number): boolean {
    return (this.#perBucket.get(bucket) ?? 0) > 0
  }

  started(subscriptionId: string, bucket: number): void {
    let gate = this.#gates.get(subscriptionId)
    if (!gate) {
      gate = { concurrency: initialConcurrency(this.#perSubscriptionMax), underWay: 0 }
      this.#gates.set(subscriptionId, gate)
    }
    gate.underWay++
    this.#underWay++
    this.#perBucket.set(bucket, (this.#perBucket.get(bucket) ?? 0) + 1)
  }

  ended(subscriptionId: string, bucket: number, effect: 'coped' | 'overloaded' | 'neither'): void {
    this.#underWay--
    this.#perBucket.set(bucket, (this.#perBucket.get(bucket) ?? 1) - 1)
    const gate = this.#gates.get(subscriptionId)
    if (!gate) return
    gate.underWay--
    if (effect === 'coped')
      gate.concurrency = afterSuccess(gate.concurrency, this.#perSubscriptionMax)
    if (effect === 'overloaded') gate.concurrency = afterOverload(gate.concurrency)
  }
}

import type { QueuedDelivery } from '../publishing/index.ts'

/** A lane holds no more than this in memory; the rest of its backlog waits on disk. */
export const laneReadyMax = 200

/** With a backlog on disk and fewer than this ready, a lane asks for more. */
export const lowWater = 32

/** Where in its backlog on disk a lane has read to. */
export interface LaneCursor {
  dueAt: string
  id: string
}

/**
 * The deliveries of one subscription within one bucket. `ready` is what may be sent now; `backlog` says that more is
 * due on disk. While there is a backlog, new deliveries go behind it instead of overtaking.
 */
export class Lane {
  readonly bucket: number
  readonly subscriptionId: string
  backlog = false
  cursor: LaneCursor | undefined
  #ready: QueuedDelivery[] = []
  #next = 0

  constructor(bucket: number, subscriptionId: string) {
    this.bucket = bucket
    this.subscriptionId = subscriptionId
  }

  get readyCount(): number {
    return this.#ready.length - this.#next
  }

  push(delivery: QueuedDelivery): void {
    this.#ready.push(delivery)
  }

  shift(): QueuedDelivery | undefined {
    const delivery = this.#ready[this.#next]
    if (!delivery) return undefined
    this.#next++
    // A queue by index: shifting an array of hundreds for every delivery would cost more than the delivery.
    if (this.#next === this.#ready.length || this.#next > laneReadyMax) {
      this.#ready = this.#ready.slice(this.#next)
      this.#next = 0
    }
    return delivery
  }

  /** Forgets what is ready; it is still on disk. */
  clear(): QueuedDelivery[] {
    const forgotten = this.#ready.slice(this.#next)
    this.#ready = []
    this.#next = 0
    this.cursor = undefined
    return forgotten
  }
}

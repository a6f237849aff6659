import type { QueuedDelivery } from '../publishing/index.ts'
import { Lane, laneReadyMax, lowWater } from './lane.ts'

/** Deliveries ready in memory, over all lanes, and the bytes of their bodies. */
const readyMax = 5000
const readyBytesMax = 64 * 1024 * 1024

/**
 * All lanes of this dispatcher and the bounds of what they hold in memory. A delivery is *held* from when it comes into
 * memory until its result is written; whatever is not held waits on disk and is found again there.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>()
  readonly #held = new Set<string>()
  /** Lanes with something ready, in the order of their turns. */
  readonly #turns = new Set<Lane>()
  /** Lanes whose subscription has as many requests under way as it may; by subscription. */
  readonly #parked = new Map<string, Set<Lane>>()
  #readyBytes = 0
  #ready = 0
  /** Whether a lane with a backlog on disk ran low since this was last cleared. */
  hungry = false

  isHeld(deliveryId: string): boolean {
    return this.#held.has(deliveryId)
  }

  get heldCount(): number {
    return this.#held.size
  }

  all(): Iterable<Lane> {
    return this.#lanes.values()
  }

  lane(bucket: number, subscriptionId: string): Lane {
    const key = `${bucket}/${subscriptionId}`
    let lane = this.#lanes.get(key)
    if (!lane) {
      lane = new Lane(bucket, subscriptionId)
      this.#lanes.set(key, lane)
    }
    return lane
  }

  /** Takes a delivery into memory, or leaves it on disk when there is no room or older ones wait there. */
  offer(delivery: QueuedDelivery, fromDisk: boolean): boolean {
    const lane = this.lane(delivery.bucket, delivery.subscriptionId)
    const full =
      lane.readyCount >= laneReadyMax ||
      this.#ready >= readyMax ||
      this.#readyBytes >= readyBytesMax
    if (full || (lane.backlog && !fromDisk)) {
      lane.backlog = true
      if (lane.readyCount < lowWater) this.hungry = true
      return false
    }
    this.#held.add(delivery.id)
    this.#ready++
    this.#readyBytes += delivery.event.body.length
    lane.push(delivery)
    if (!this.#parked.get(lane.subscriptionId)?.has(lane)) this.#turns.add(lane)
    return true
  }

  /** How many more a lane may load now. */
  room(lane: Lane): number {
    if (this.#readyBytes >= readyBytesMax) return 0
    return Math.max(0, Math.min(laneReadyMax - lane.readyCount, readyMax - this.#ready))
  }

  /**
   * The next delivery of the next lane that may send; each lane has one turn, then goes to the end. One that may not is
   * parked until a request of its subscription ends, so that a thousand stuck lanes cost nothing per delivery.
   */
  next(maySend: (lane: Lane) => boolean): QueuedDelivery | undefined {
    for (const lane of this.#turns) {
      this.#turns.delete(lane)
      if (!maySend(lane)) {
        this.#park(lane)
        continue
      }
      const delivery = lane.shift()
      if (!delivery) continue
      this.#ready--
      this.#readyBytes -= delivery.event.body.length
      if (lane.readyCount > 0) this.#turns.add(lane)
      if (lane.backlog && lane.readyCount < lowWater) this.hungry = true
      return delivery
    }
    return undefined
  }

  #park(lane: Lane): void {
    const parked = this.#parked.get(lane.subscriptionId) ?? new Set()
    parked.add(lane)
    this.#parked.set(lane.subscriptionId, parked)
  }

  /** Lets the lanes of a subscription have turns again; of all without one. */
  unpark(subscriptionId?: string): void {
    const ids = subscriptionId === undefined ? [...this.#parked.keys()] : [subscriptionId]
    for (const id of ids) {
      for (const lane of this.#parked.get(id) ?? []) if (lane.readyCount > 0) this.#turns.add(lane)
      this.#parked.delete(id)
    }
  }

  /** The result of a held delivery is written. */
  release(deliveryId: string): void {
    this.#held.delete(deliveryId)
  }

  /** Forgets what a lane has ready: the bucket went, or its subscription stopped. It is still on disk. */
  forget(lane: Lane): void {
    for (const delivery of lane.clear()) {
      this.#held.delete(delivery.id)
      this.#ready--
      this.#readyBytes -= delivery.event.body.length
    }
    this.#turns.delete(lane)
    this.#parked.get(lane.subscriptionId)?.delete(lane)
    this.#lanes.delete(`${lane.bucket}/${lane.subscriptionId}`)
  }
}

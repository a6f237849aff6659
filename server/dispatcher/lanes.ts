import type { QueuedDelivery } from '../publishing/index.ts'
import type { Gates } from './gates.ts'
import { Hunger } from './hunger.ts'
import { costOf, type Gate, type Lane, laneReadyMax, quantumBytes, type Tenant } from './lane.ts'
import { RoundRobin } from './round-robin.ts'
import { shareLeft } from './share.ts'

/** Deliveries ready in memory, over all lanes, and the bytes of their bodies. */
const readyMax = 5000
const readyBytesMax = 64 * 1024 * 1024
/** Granted to every tenant while there is any room. */
const readyFloor = 16
const readyBytesFloor = 1024 * 1024

/** A delivery whose turn it is. */
export interface Turn {
  delivery: QueuedDelivery
  lane: Lane
}

/**
 * What is in memory, within its bounds, and whose turn it is: organisations take turns, then the subscriptions of one,
 * then the lanes of one. A delivery is *held* from when it comes into memory until its result is written; whatever is
 * not held waits on disk and is found again there.
 */
export class Lanes {
  readonly hunger = new Hunger((tenant) => this.roomOf(tenant))
  readonly #gates: Gates
  readonly #mayStart: (tenant: Tenant) => boolean
  readonly #held = new Map<string, Lane>()
  /** Entities with a delivery in memory, as `subscription/entity`: of each there is one at most. */
  readonly #entities = new Set<string>()
  /** The entity of each held delivery whose order is kept. */
  readonly #orderKeys = new Map<string, string>()
  readonly #turns = new RoundRobin<Tenant>(quantumBytes)
  #readyBytes = 0
  #ready = 0

  /** @param mayStart whether a tenant may have one more request under way */
  constructor(gates: Gates, mayStart: (tenant: Tenant) => boolean) {
    this.#gates = gates
    this.#mayStart = mayStart
  }

  isHeld(deliveryId: string): boolean {
    return this.#held.has(deliveryId)
  }

  get readyCount(): number {
    return this.#ready
  }

  /** Takes a delivery that was just queued, or leaves it on disk when there is no room or older ones wait there. */
  offer(delivery: QueuedDelivery): void {
    // Found on disk before the statement that queued it was answered: it is on its way already.
    if (this.isHeld(delivery.id)) return
    const lane = this.#gates.lane(delivery.bucket, delivery.subscriptionId)
    if (delivery.orderKey !== null) {
      // Only a look on disk says whether an older one of its entity waits.
      if (!this.isBusy(lane, delivery.orderKey)) lane.wantEntity(delivery.orderKey)
      this.hunger.note(lane)
    } else if (lane.backlog || !this.#take(delivery, lane)) {
      this.spill(lane)
    }
  }

  /** Takes what was read from disk. False when there is no room. */
  load(delivery: QueuedDelivery, lane: Lane): boolean {
    if (delivery.orderKey !== null && this.isBusy(lane, delivery.orderKey)) return true
    return this.#take(delivery, lane)
  }

  /** Whether a delivery of this entity is in memory or under way: then no other may be. */
  isBusy(lane: Lane, orderKey: string): boolean {
    return this.#entities.has(`${lane.subscriptionId}/${orderKey}`)
  }

  hold(deliveryId: string, lane: Lane, orderKey: string | null): void {
    this.#held.set(deliveryId, lane)
    if (orderKey === null) return
    this.#entities.add(`${lane.subscriptionId}/${orderKey}`)
    this.#orderKeys.set(deliveryId, orderKey)
  }

  spill(lane: Lane): void {
    lane.backlog = true
    lane.spilled = true
    this.hunger.note(lane)
  }

  /** How many more deliveries a tenant may have in memory; of what size, nobody knows before. */
  roomOf(tenant: Tenant): number {
    const bytes = shareLeft(readyBytesMax, this.#readyBytes, tenant.readyBytes, readyBytesFloor)
    return bytes === 0 ? 0 : shareLeft(readyMax, this.#ready, tenant.ready, readyFloor)
  }

  #take(delivery: QueuedDelivery, lane: Lane): boolean {
    const { gate } = lane
    const { tenant } = gate
    if (lane.readyCount >= laneReadyMax || this.roomOf(tenant) === 0) return false
    const bytes = delivery.event.body.length
    this.hold(delivery.id, lane, delivery.orderKey)
    this.#ready++
    this.#readyBytes += bytes
    tenant.ready++
    tenant.readyBytes += bytes
    lane.push(delivery)
    gate.turns.add(lane)
    if (gate.parked === 'no') this.#schedule(gate)
    return true
  }

  /**
   * Whose turn it is, or undefined when nobody may send. Who may not leaves the turns until something changes, so that a
   * thousand stuck ones cost nothing per delivery. `nextAtMs`: 0 is now; what is later is told to `onParked` as well.
   */
  next(
    nextAtMs: (gate: Gate) => number,
    onParked: (gate: Gate, untilMs: number) => void,
  ): Turn | undefined {
    for (let tenant = this.#turns.turn(); tenant; tenant = this.#turns.turn()) {
      const gate = this.#mayStart(tenant) ? tenant.turns.turn() : undefined
      if (!gate) {
        tenant.isFull = !tenant.turns.isEmpty
        this.#turns.remove(tenant)
        continue
      }
      const lane = gate.turns.turn()
      const untilMs = lane ? nextAtMs(gate) : 0
      if (!lane || untilMs > 0) {
        tenant.turns.remove(gate)
        if (lane) this.#park(gate, untilMs, onParked)
        continue
      }
      const delivery = lane.shift()
      if (lane.readyCount === 0) gate.turns.remove(lane)
      if (!delivery) continue
      this.#count(lane, delivery, -1)
      const cost = costOf(delivery)
      tenant.credit -= cost
      gate.credit -= cost
      lane.credit -= cost
      this.hunger.note(lane)
      return { delivery, lane }
    }
    return undefined
  }

  #park(gate: Gate, untilMs: number, onParked: (gate: Gate, untilMs: number) => void): void {
    const isTimed = Number.isFinite(untilMs)
    gate.parked = isTimed ? 'until_then' : 'until_one_ends'
    if (isTimed) onParked(gate, untilMs)
  }

  /** A request of the gate ended: what waited for that has turns again. */
  ended(gate: Gate): void {
    if (gate.parked === 'until_one_ends') this.unpark(gate)
    const { tenant } = gate
    if (!tenant.isFull) return
    tenant.isFull = false
    if (!tenant.turns.isEmpty) this.#turns.add(tenant)
  }

  unpark(gate: Gate): void {
    gate.parked = 'no'
    this.#schedule(gate)
  }

  #schedule(gate: Gate): void {
    if (gate.turns.isEmpty) return
    gate.tenant.turns.add(gate)
    if (!gate.tenant.isFull) this.#turns.add(gate.tenant)
  }

  /** A delivery is not held any longer: its result is written, or it is left on disk. */
  release(deliveryId: string): { lane: Lane; orderKey: string | undefined } | undefined {
    const lane = this.#held.get(deliveryId)
    if (!lane) return undefined
    this.#held.delete(deliveryId)
    const orderKey = this.#orderKeys.size > 0 ? this.#orderKeys.get(deliveryId) : undefined
    if (orderKey !== undefined) {
      this.#orderKeys.delete(deliveryId)
      this.#entities.delete(`${lane.subscriptionId}/${orderKey}`)
    }
    return { lane, orderKey }
  }

  /** Forgets a lane and what it has ready: the bucket went, or its subscription rests. It is still on disk. */
  forget(lane: Lane): void {
    for (const delivery of lane.clear()) {
      this.release(delivery.id)
      this.#count(lane, delivery, -1)
    }
    this.hunger.remove(lane)
    lane.gate.turns.remove(lane)
    lane.gate.lanes.delete(lane.bucket)
  }

  #count(lane: Lane, delivery: QueuedDelivery, change: 1 | -1): void {
    const bytes = delivery.event.body.length * change
    this.#ready += change
    this.#readyBytes += bytes
    lane.gate.tenant.ready += change
    lane.gate.tenant.readyBytes += bytes
  }
}

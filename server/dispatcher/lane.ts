import type { QueuedDelivery } from '../publishing/index.ts'
import { Admission, type AdmissionSettings } from './admission.ts'
import { Flow, RoundRobin } from './round-robin.ts'

/** A lane holds no more than this in memory; the rest of its backlog waits on disk. */
export const laneReadyMax = 200

/** With a backlog on disk and fewer than this ready, a lane asks for more. */
export const lowWater = 32

/** More entities than this are not remembered one by one; all of the lane are gone through instead. */
const entitiesMax = 500

/** What a request costs beside its body, in bytes: at about this size the body costs as much as all the rest. */
const requestCostBytes = 32 * 1024

/** Two requests with small bodies: a turn is short, so that nobody waits long for theirs. */
export const quantumBytes = 2 * requestCostBytes + 8 * 1024

export function costOf(delivery: QueuedDelivery): number {
  return requestCostBytes + delivery.event.body.length
}

/** Whose turn it is first of all: an organisation, or a subscription of the platform, which has a share of its own. */
export class Tenant extends Flow {
  readonly id: string
  readonly turns = new RoundRobin<Gate>(quantumBytes)
  /** Out of the turns until one of its requests ends: it has as many under way as it may. */
  isFull = false
  gates = 0
  underWay = 0
  /** Deliveries in memory that wait to be sent, and the bytes of their bodies. */
  ready = 0
  readyBytes = 0
  /** Its lanes that would load from disk. */
  readonly hungry = new Set<Lane>()

  constructor(id: string) {
    super()
    this.id = id
  }
}

/** A subscription: whether it may send now, and its lanes, which take turns. */
export class Gate extends Flow {
  readonly subscriptionId: string
  readonly tenant: Tenant
  readonly admission: Admission
  /** By bucket: one, or up to 64 for a subscription of the platform. */
  readonly lanes = new Map<number, Lane>()
  readonly turns = new RoundRobin<Lane>(quantumBytes)
  /** Out of the turns until a request ends, or until its time comes. */
  parked: 'no' | 'until_one_ends' | 'until_then' = 'no'

  constructor(subscriptionId: string, tenant: Tenant, settings: AdmissionSettings, nowMs: number) {
    super()
    this.subscriptionId = subscriptionId
    this.tenant = tenant
    this.admission = new Admission(settings, nowMs)
  }
}

/** Where in its backlog on disk a lane has read to. */
export interface LaneCursor {
  dueAt: string
  id: string
}

/**
 * The deliveries of one subscription within one bucket. `ready` is what may be sent now; `backlog` says that more is
 * due on disk. While there is a backlog, new deliveries go behind it instead of overtaking.
 */
export class Lane extends Flow {
  readonly gate: Gate
  readonly bucket: number
  backlog = false
  /** Whether something was left on disk since the load under way began. */
  spilled = false
  cursor: LaneCursor | undefined
  /** No live row of the backlog was due before this, as far as is known: loads need not walk over what is dead. */
  lowMs: number | undefined
  /** Entities whose oldest delivery on disk may be sent now. */
  readonly entities = new Set<string>()
  /** Gone through up to this entity, or `undefined` when no walk over all of them is wanted. */
  walk: { after: string | undefined } | undefined
  /** When all of its backlog may be gone through again for what asks for no order, although most of it does. */
  sweepAtMs = 0
  /** When the sweep that goes on began. */
  sweepingSinceMs: number | undefined
  usedAtMs: number
  #ready: (QueuedDelivery | undefined)[] = []
  #next = 0

  constructor(gate: Gate, bucket: number, nowMs: number) {
    super()
    this.gate = gate
    this.bucket = bucket
    this.usedAtMs = nowMs
  }

  get subscriptionId(): string {
    return this.gate.subscriptionId
  }

  get readyCount(): number {
    return this.#ready.length - this.#next
  }

  /** Whether it would load from disk. */
  get isHungry(): boolean {
    return this.wantsMore && this.readyCount < lowWater
  }

  get wantsMore(): boolean {
    return this.backlog || this.walk !== undefined || this.entities.size > 0
  }

  /** An entity's next delivery may be on disk. */
  wantEntity(entity: string): void {
    if (this.entities.size < entitiesMax) this.entities.add(entity)
    else this.walk ??= { after: undefined }
  }

  push(delivery: QueuedDelivery): void {
    this.#ready.push(delivery)
  }

  shift(): QueuedDelivery | undefined {
    const delivery = this.#ready[this.#next]
    if (!delivery) return undefined
    this.#ready[this.#next++] = undefined
    // A queue by index: shifting an array of hundreds for every delivery would cost more than the delivery.
    if (this.#next === this.#ready.length || this.#next > laneReadyMax) {
      this.#ready = this.#ready.slice(this.#next)
      this.#next = 0
    }
    return delivery
  }

  /** Forgets what is ready; it is still on disk. */
  clear(): QueuedDelivery[] {
    const forgotten = this.#ready.filter((delivery) => delivery !== undefined)
    this.#ready = []
    this.#next = 0
    return forgotten
  }
}

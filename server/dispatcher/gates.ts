import type { AdmissionSettings, Ending } from './admission.ts'
import { Gate, Lane, Tenant } from './lane.ts'

/** How a subscription fares, for those who look at a dispatcher. */
export interface GateState {
  subscriptionId: string
  breaker: 'closed' | 'open' | 'probing'
  /** Milliseconds until something may be sent again; 0 when it does not rest. */
  restsForMs: number
  underWay: number
  /** Requests that may be under way at once, as it has turned out. */
  limit: number
}

/** What is not used for so long is forgotten; it is made anew when it is needed. */
const idleMs = 600_000

/** All tenants of this dispatcher, their gates and lanes, and how many requests are under way. */
export class Gates {
  readonly #settings: AdmissionSettings
  /** The organisation of a subscription, or null for one of the platform. */
  readonly #organisationOf: (subscriptionId: string) => string | null
  readonly #nowMs: () => number
  readonly #tenants = new Map<string, Tenant>()
  readonly #gates = new Map<string, Gate>()
  #underWay = 0

  constructor(
    settings: AdmissionSettings,
    organisationOf: (subscriptionId: string) => string | null,
    nowMs: () => number,
  ) {
    this.#settings = settings
    this.#organisationOf = organisationOf
    this.#nowMs = nowMs
  }

  get underWay(): number {
    return this.#underWay
  }

  get(subscriptionId: string): Gate | undefined {
    return this.#gates.get(subscriptionId)
  }

  lane(bucket: number, subscriptionId: string): Lane {
    const gate = this.#gates.get(subscriptionId) ?? this.#addGate(subscriptionId)
    const lane = gate.lanes.get(bucket)
    if (lane) return lane
    const added = new Lane(gate, bucket, this.#nowMs())
    gate.lanes.set(bucket, added)
    return added
  }

  *lanes(): Iterable<Lane> {
    for (const gate of this.#gates.values()) yield* gate.lanes.values()
  }

  started(gate: Gate, nowMs: number): void {
    gate.admission.started(nowMs)
    gate.tenant.underWay++
    this.#underWay++
  }

  ended(gate: Gate, ending: Ending): void {
    gate.admission.ended(ending)
    gate.tenant.underWay--
    this.#underWay--
  }

  states(): GateState[] {
    const nowMs = this.#nowMs()
    return [...this.#gates.values()].map(({ subscriptionId, admission }) => ({
      subscriptionId,
      breaker: admission.breaker.state,
      restsForMs: Math.max(0, Math.round(admission.restsUntilMs(nowMs) - nowMs)),
      underWay: admission.underWay,
      limit: admission.limit,
    }))
  }

  /** Forgets what has long been idle. */
  prune(): void {
    const nowMs = this.#nowMs()
    for (const gate of this.#gates.values()) {
      for (const lane of gate.lanes.values()) {
        const isIdle = lane.readyCount === 0 && !lane.wantsMore && lane.usedAtMs < nowMs - idleMs
        if (isIdle) gate.lanes.delete(lane.bucket)
      }
      const { admission } = gate
      const isIdle = gate.lanes.size === 0 && admission.isIdle(nowMs)
      if (!isIdle || admission.usedAtMs > nowMs - idleMs) continue
      this.#gates.delete(gate.subscriptionId)
      if (--gate.tenant.gates === 0) this.#tenants.delete(gate.tenant.id)
    }
  }

  #addGate(subscriptionId: string): Gate {
    const tenantId = this.#organisationOf(subscriptionId) ?? subscriptionId
    let tenant = this.#tenants.get(tenantId)
    if (!tenant) {
      tenant = new Tenant(tenantId)
      this.#tenants.set(tenantId, tenant)
    }
    tenant.gates++
    const gate = new Gate(subscriptionId, tenant, this.#settings, this.#nowMs())
    this.#gates.set(subscriptionId, gate)
    return gate
  }
}

import type { Lane, Tenant } from './lane.ts'

/** With less room than this, a load is not worth its statement. */
const roomMin = 8

/** Lanes that would load from disk; tenants take turns here too. */
export class Hunger {
  readonly #roomOf: (tenant: Tenant) => number
  /** Those with hungry lanes, in the order of their turns. */
  readonly #tenants = new Set<Tenant>()
  /** Those that had no room when it was their turn. They are back when one of their deliveries leaves memory. */
  readonly #waiting = new Set<Tenant>()

  constructor(roomOf: (tenant: Tenant) => number) {
    this.#roomOf = roomOf
  }

  get any(): boolean {
    return this.#tenants.size > 0
  }

  /** Something of the lane changed. */
  note(lane: Lane): void {
    const { tenant } = lane.gate
    if (lane.isHungry) tenant.hungry.add(lane)
    else if (this.#waiting.size === 0) return
    if (tenant.hungry.size === 0) return
    if (this.#waiting.has(tenant)) {
      if (this.#roomOf(tenant) < roomMin) return
      this.#waiting.delete(tenant)
    }
    this.#tenants.add(tenant)
  }

  remove(lane: Lane): void {
    const { tenant } = lane.gate
    tenant.hungry.delete(lane)
    if (tenant.hungry.size > 0) return
    this.#tenants.delete(tenant)
    this.#waiting.delete(tenant)
  }

  /** Up to `max` lanes, one per tenant and round. They are hungry again when they say so. */
  pick(max: number): Lane[] {
    const picked: Lane[] = []
    while (picked.length < max) {
      const [tenant] = this.#tenants
      if (!tenant) break
      this.#tenants.delete(tenant)
      const [lane] = tenant.hungry
      if (!lane) continue
      if (this.#roomOf(tenant) < roomMin) {
        this.#waiting.add(tenant)
        continue
      }
      tenant.hungry.delete(lane)
      if (tenant.hungry.size > 0) this.#tenants.add(tenant)
      if (lane.isHungry) picked.push(lane)
    }
    return picked
  }
}

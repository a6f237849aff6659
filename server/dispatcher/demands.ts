import { type Lane, laneReadyMax, lowWater, type Tenant } from './lane.ts'
import type { LaneDemand } from './load-lanes.ts'

/** Of one load, whoever asks for how much: rows, and bytes as far as they can be foreseen. */
const rowsMax = 1000
const bytesMax = 16 * 1024 * 1024

/**
 * Divides one load among the lanes that want something, within the room of their tenants. A lane without a part asks
 * again at the next load.
 */
export function divideLoad(
  lanes: readonly Lane[],
  roomOf: (tenant: Tenant) => number,
  bytesPerRow: number,
): Map<Lane, number> {
  let left = Math.max(1, Math.min(rowsMax, Math.floor(bytesMax / bytesPerRow)))
  const given = new Map<Tenant, number>()
  const wants = new Map<Lane, number>()
  for (const [index, lane] of lanes.entries()) {
    const { tenant } = lane.gate
    const before = given.get(tenant) ?? 0
    const room = Math.min(laneReadyMax - lane.readyCount, roomOf(tenant) - before)
    const share = Math.max(lowWater, Math.ceil(left / (lanes.length - index)))
    const want = Math.min(room, share, left)
    if (want <= 0) continue
    wants.set(lane, want)
    given.set(tenant, before + want)
    left -= want
  }
  return wants
}

export function toDemand(lane: Lane, want: number): LaneDemand {
  const { bucket, subscriptionId, cursor, lowMs } = lane
  return { bucket, subscriptionId, after: cursor, lowMs, want }
}

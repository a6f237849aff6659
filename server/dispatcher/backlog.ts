import type { Database } from '../database/database.ts'
import { findDueLanes } from './find-lanes.ts'
import { type Lane, laneReadyMax, lowWater } from './lane.ts'
import type { Lanes } from './lanes.ts'
import { loadLanes } from './load-lanes.ts'

const lanesPerLoad = 64
/** A lane that is being served is looked at on disk only every so many times. */
const busyLookEvery = 5

/** Brings what waits on disk into memory as there is room, lane by lane. */
export class Backlog {
  readonly #db: Database
  readonly #lanes: Lanes
  readonly #onOrphan: (orphan: { organisationId: string; id: string }) => void
  /** Settled while a load was under way: its snapshot may still show them as due. Id → attempts that count. */
  readonly #settledMeanwhile = new Map<string, number>()
  #loads = 0
  #looks = 0

  constructor(
    db: Database,
    lanes: Lanes,
    onOrphan: (orphan: { organisationId: string; id: string }) => void,
  ) {
    this.#db = db
    this.#lanes = lanes
    this.#onOrphan = onOrphan
  }

  /** Marks the lanes that have something due on disk. */
  async find(buckets: readonly number[]): Promise<void> {
    if (buckets.length === 0) return
    const lookAtBusy = this.#looks++ % busyLookEvery === 0
    for (const due of await findDueLanes(this.#db, buckets)) {
      const lane = this.#lanes.lane(due.bucket, due.subscriptionId)
      if (lane.readyCount === 0 || lookAtBusy) lane.backlog = true
    }
  }

  /** Loads for the hungry lanes that may send. Returns whether some could have more right away. */
  async load(maySend: (lane: Lane) => boolean): Promise<boolean> {
    this.#lanes.hungry = false
    const hungry = [...this.#lanes.all()].filter(isHungry)
    for (const lane of hungry) if (!maySend(lane)) this.#lanes.forget(lane)
    const lanes = hungry
      .filter((lane) => maySend(lane) && this.#lanes.room(lane) > 0)
      .slice(0, lanesPerLoad)
    if (lanes.length === 0) return false
    const demands = lanes.map((lane) => ({
      bucket: lane.bucket,
      subscriptionId: lane.subscriptionId,
      after: lane.cursor,
      want: Math.min(laneReadyMax, Math.max(lowWater, this.#lanes.room(lane))),
    }))
    this.#loads++
    try {
      const { loaded, orphans } = await loadLanes(this.#db, demands)
      for (const orphan of orphans) this.#onOrphan(orphan)
      const counts = new Map<Lane, number>()
      const full = new Set<Lane>()
      for (const { delivery, cursor } of loaded) {
        const lane = this.#lanes.lane(delivery.bucket, delivery.subscriptionId)
        const stale = (this.#settledMeanwhile.get(delivery.id) ?? 0) > delivery.attempts
        if (full.has(lane)) continue
        if (!stale && !this.#lanes.isHeld(delivery.id) && !this.#lanes.offer(delivery, true)) {
          // Not taken for want of room: the cursor stays before it.
          full.add(lane)
          continue
        }
        lane.cursor = cursor
        counts.set(lane, (counts.get(lane) ?? 0) + 1)
      }
      for (const [index, lane] of lanes.entries()) {
        if (full.has(lane) || (counts.get(lane) ?? 0) >= (demands[index]?.want ?? 0)) continue
        // Read to the end; from the beginning next time, for what came in between.
        lane.backlog = false
        lane.cursor = undefined
      }
      return lanes.some((lane) => lane.backlog && isHungry(lane))
    } finally {
      if (--this.#loads === 0) this.#settledMeanwhile.clear()
    }
  }

  /** A result was written. Of use only to a load that began before. */
  noteSettled(deliveryId: string, attempts: number): void {
    if (this.#loads > 0) this.#settledMeanwhile.set(deliveryId, attempts)
  }
}

function isHungry(lane: Lane): boolean {
  return lane.backlog && lane.readyCount < lowWater
}

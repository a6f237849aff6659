import type { Database } from '../database/database.ts'
import type { Clock } from '../kernel/clock.ts'
import { divideLoad, toDemand } from './demands.ts'
import { findDueLanes } from './find-lanes.ts'
import type { Gates } from './gates.ts'
import type { Lane } from './lane.ts'
import type { Lanes } from './lanes.ts'
import { loadEntities, walkEntities } from './load-entities.ts'
import { loadLanes } from './load-lanes.ts'
import type { LoadedDelivery } from './loaded-row.ts'
import { dutyMax, LookPace } from './look-pace.ts'
import type { Hopeless } from './refuse.ts'

const lanesPerLoad = 64
/** A lane that is being served is looked at on disk only every so many times. */
const busyLookEvery = 5
const sweepEveryMs = 60_000
/** A row may become visible this long after the time it is due: the transaction that inserted it took so long. */
const slackMs = 60_000

export interface BacklogDependencies {
  database: Database
  clock: Clock
  gates: Gates
  lanes: Lanes
  /** Whether anything of this subscription may be sent now; what may not stays on disk. */
  maySend: (subscriptionId: string) => boolean
  /** Found on disk and cannot be sent. It is held until its settlement is written. */
  onHopeless: (hopeless: Hopeless) => void
}

/** Brings what waits on disk into memory as there is room, lane by lane. */
export class Backlog {
  readonly #deps: BacklogDependencies
  /** Settled while a load was under way: its snapshot may still show them as due. Id → attempts that count. */
  readonly #settledMeanwhile = new Map<string, number>()
  #loads = 0
  #looks = 0
  readonly #pace = new LookPace()
  /** What walks cost since the last look; they are begun by looks. */
  #walkMs = 0
  #bytesPerRow = 16_384

  constructor(dependencies: BacklogDependencies) {
    this.#deps = dependencies
  }

  /** Whether anything on disk is due and may be sent. */
  async isDue(buckets: readonly number[]): Promise<boolean> {
    const found = await findDueLanes(this.#deps.database, buckets)
    return found.some((lane) => lane.dueAtMs !== null && this.#deps.maySend(lane.subscriptionId))
  }

  /** Marks the lanes that have something due on disk. Returns milliseconds until it may look again. */
  async find(buckets: readonly number[]): Promise<number> {
    const { clock, database, gates, lanes, maySend } = this.#deps
    const startedAtMs = clock.monotonicMs()
    if (buckets.length === 0) return 0
    const waitMs = this.#pace.waitMs(startedAtMs)
    if (waitMs > 0) return waitMs
    const lookAtBusy = this.#looks++ % busyLookEvery === 0
    try {
      for (const found of await findDueLanes(database, buckets)) {
        if (!maySend(found.subscriptionId)) continue
        const lane = gates.lane(found.bucket, found.subscriptionId)
        if (found.isOrdered) lane.walk ??= { after: undefined }
        if (found.dueAtMs !== null) {
          // Something lives below the bound after all.
          if (lane.lowMs !== undefined && found.dueAtMs < lane.lowMs) lane.lowMs = found.dueAtMs
          if (found.isHeadOrdered) this.#sweep(lane, startedAtMs)
          else if (lane.readyCount === 0 || lookAtBusy) lane.backlog = true
        }
        lanes.hunger.note(lane)
      }
    } finally {
      const nowMs = clock.monotonicMs()
      this.#pace.looked(nowMs - startedAtMs + this.#walkMs, nowMs)
      this.#walkMs = 0
    }
    return 0
  }

  /** Where order is kept, what asks for none lies hidden among the rest: all of it is gone through now and then. */
  #sweep(lane: Lane, nowMs: number): void {
    if (lane.backlog || nowMs < lane.sweepAtMs) return
    lane.backlog = true
    lane.sweepingSinceMs = nowMs
  }

  /** Loads for the lanes that are hungry. Returns whether there may be more to load right away. */
  async load(): Promise<boolean> {
    const { lanes, maySend } = this.#deps
    const { hunger } = lanes
    const picked = hunger.pick(lanesPerLoad).filter((lane) => {
      const may = maySend(lane.subscriptionId)
      if (!may) lanes.forget(lane)
      return may
    })
    if (picked.length === 0) return hunger.any
    const wants = divideLoad(picked, (tenant) => lanes.roomOf(tenant), this.#bytesPerRow)
    this.#loads++
    try {
      await Promise.all([this.#loadDue(wants), this.#loadOrdered(wants)])
    } finally {
      if (--this.#loads === 0) this.#settledMeanwhile.clear()
      for (const lane of picked) hunger.note(lane)
    }
    return hunger.any
  }

  async #loadDue(wants: ReadonlyMap<Lane, number>): Promise<void> {
    const reading = [...wants].filter(([lane]) => lane.backlog)
    if (reading.length === 0) return
    for (const [lane] of reading) lane.spilled = false
    const demands = reading.map(([lane, want]) => toDemand(lane, want))
    const last = new Map<Lane, LoadedDelivery>()
    const found = new Set<Lane>()
    const full = new Set<Lane>()
    for (const loaded of await loadLanes(this.#deps.database, demands)) {
      const lane = this.#deps.gates.lane(loaded.bucket, loaded.subscriptionId)
      // Not taken for want of room: the cursor stays before it.
      if (full.has(lane) || (loaded.orderKey === null && !this.#take(loaded, lane))) {
        full.add(lane)
        continue
      }
      if (loaded.orderKey === null) found.add(lane)
      lane.cursor = loaded.cursor
      last.set(lane, loaded)
    }
    for (const [lane, want] of reading) {
      raiseLow(lane, last.get(lane))
      const isMore = full.has(lane) || (last.get(lane)?.position ?? 0) >= want
      if (isMore && (full.has(lane) || found.has(lane) || lane.sweepingSinceMs !== undefined))
        continue
      // Read to the end; from the beginning next time, for what came in between.
      lane.backlog = lane.spilled
      lane.cursor = undefined
      this.#endSweep(lane)
    }
  }

  #endSweep(lane: Lane): void {
    if (lane.sweepingSinceMs === undefined) return
    const nowMs = this.#deps.clock.monotonicMs()
    const costMs = nowMs - lane.sweepingSinceMs
    lane.sweepingSinceMs = undefined
    lane.sweepAtMs = nowMs + Math.max(sweepEveryMs, costMs / dutyMax)
  }

  /** Of each entity the oldest, if it is due and none of the entity is under way. */
  async #loadOrdered(wants: ReadonlyMap<Lane, number>): Promise<void> {
    const { clock, database, gates, lanes } = this.#deps
    const startedAtMs = clock.monotonicMs()
    const walking = [...wants].filter(([lane]) => lane.walk)
    if (walking.length > 0) {
      const demands = walking.map(([lane, want]) => ({
        ...toDemand(lane, want),
        after: lane.walk?.after,
      }))
      const walked = await walkEntities(database, demands)
      for (const [lane] of walking) lane.walk = undefined
      for (const { bucket, subscriptionId, due, upTo } of walked) {
        const lane = gates.lane(bucket, subscriptionId)
        for (const entity of due) if (!lanes.isBusy(lane, entity)) lane.entities.add(entity)
        if (upTo !== null) lane.walk = { after: upTo }
      }
      this.#walkMs += clock.monotonicMs() - startedAtMs
    }
    const asking: { lane: Lane; entities: string[] }[] = []
    for (const [lane, want] of wants) {
      const entities = [...lane.entities].slice(0, want)
      if (entities.length > 0) asking.push({ lane, entities })
    }
    if (asking.length === 0) return
    // Before the load: what is wanted from now on is newer than its snapshot.
    for (const { lane, entities } of asking) for (const one of entities) lane.entities.delete(one)
    const demands = asking.map(({ lane, entities }) => ({ ...toDemand(lane, 0), entities }))
    try {
      for (const loaded of await loadEntities(database, demands, clock.now())) {
        const lane = gates.lane(loaded.bucket, loaded.subscriptionId)
        if (!this.#take(loaded, lane) && loaded.orderKey) lane.wantEntity(loaded.orderKey)
      }
    } catch (error) {
      for (const { lane, entities } of asking) for (const one of entities) lane.wantEntity(one)
      throw error
    }
  }

  /** False when there is no room for it. */
  #take(loaded: LoadedDelivery, lane: Lane): boolean {
    const { lanes, maySend, onHopeless } = this.#deps
    // Stopped while it was read.
    if (!maySend(loaded.subscriptionId)) return false
    const { id, attempts, delivery, hopeless, orderKey } = loaded
    const isStale = (this.#settledMeanwhile.get(id) ?? attempts) > attempts
    if (isStale || lanes.isHeld(id)) return true
    if (hopeless) {
      lanes.hold(id, lane, orderKey)
      onHopeless(hopeless)
    }
    if (!delivery) return true
    this.#bytesPerRow += (delivery.event.body.length + 1024 - this.#bytesPerRow) / 32
    return lanes.load(delivery, lane)
  }

  /** A result was written. Of use only to a load that began before. */
  noteSettled(deliveryId: string, attempts: number): void {
    if (this.#loads > 0) this.#settledMeanwhile.set(deliveryId, attempts)
  }
}

/** Whatever was due up to here is held, or was settled. Only rows that are about to become visible may lie below. */
function raiseLow(lane: Lane, last: LoadedDelivery | undefined): void {
  if (!last) return
  const lowMs = Math.min(last.dueAtMs, last.nowMs - slackMs)
  if (lane.lowMs === undefined || lowMs > lane.lowMs) lane.lowMs = lowMs
}

import type { Context } from '../context.ts'
import type { Outcome, Settlement } from '../deliveries/index.ts'
import { bucketCount, bucketOf } from '../kernel/ids.ts'
import type { QueuedDelivery } from '../publishing/index.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { type AttemptDependencies, attempt } from './attempt.ts'
import { effectOf, pauseOf } from './effect.ts'
import type { Gates } from './gates.ts'
import type { Gate, Lane } from './lane.ts'
import type { Lanes } from './lanes.ts'
import type { Ownership } from './ownership.ts'
import { type Hopeless, refuse } from './refuse.ts'
import type { SettlementBuffer } from './settlement.ts'
import { WakeUps } from './wake-ups.ts'

/** While so many results wait for the database, nothing new is started: memory stays bounded. */
const unsettledMax = 5000

export interface SenderDependencies {
  ctx: Context
  directory: SubscriptionDirectory
  ownership: Ownership
  gates: Gates
  lanes: Lanes
  settlements: SettlementBuffer
  attempt: AttemptDependencies
  /** There is something to load from disk. */
  onHungry: () => void
}

/** Sends what is ready, one turn after the other, as fast as the gates allow. */
export class Sender {
  readonly #deps: SenderDependencies
  readonly #wakeUps: WakeUps
  /** Per bucket: attempts whose result is not written yet. */
  readonly #unsettled = new Uint32Array(bucketCount)
  readonly #nextAtMs: (gate: Gate) => number
  readonly #onParked: (gate: Gate, untilMs: number) => void
  #nowMs = 0
  #running = false

  constructor(dependencies: SenderDependencies) {
    this.#deps = dependencies
    this.#wakeUps = new WakeUps(dependencies.ctx.clock, (id) => this.#wake(id))
    this.#nextAtMs = (gate) => gate.admission.nextAtMs(this.#rateOf(gate), this.#nowMs)
    this.#onParked = (gate, untilMs) => this.#wakeUps.set(gate.subscriptionId, untilMs)
  }

  start(): void {
    this.#running = true
  }

  /** Starts nothing more. */
  stop(): void {
    this.#running = false
    this.#wakeUps.stop()
  }

  /** Whether a result of this bucket is to come, or to be written. */
  isBusy(bucket: number): boolean {
    return (this.#unsettled[bucket] ?? 0) > 0
  }

  /** Whether anything of this subscription may be sent now, or has to be dealt with. */
  maySend(subscriptionId: string): boolean {
    const { directory, gates, ctx } = this.#deps
    const status = directory.get(subscriptionId)?.status
    if (status !== 'active' && status !== 'unusable') return false
    return !gates.get(subscriptionId)?.admission.restsUntilMs(ctx.clock.monotonicMs())
  }

  /** Deliveries that were queued on disk this moment; what does not fit into memory is left there. */
  take(deliveries: readonly QueuedDelivery[]): void {
    for (const delivery of deliveries) {
      if (this.maySend(delivery.subscriptionId)) this.#deps.lanes.offer(delivery)
    }
    this.pump()
  }

  /** Starts as many requests as may be under way. */
  pump(): void {
    const { ctx, gates, lanes, settlements, onHungry } = this.#deps
    const { concurrencyMax } = ctx.config.dispatcher
    this.#nowMs = ctx.clock.monotonicMs()
    while (this.#running && gates.underWay < concurrencyMax && settlements.size < unsettledMax) {
      const turn = lanes.next(this.#nextAtMs, this.#onParked)
      if (!turn) break
      this.#send(turn.delivery, turn.lane)
    }
    if (lanes.hunger.any) onHungry()
  }

  /** Settles what no attempt can be made of. */
  refuse(hopeless: Hopeless, bucket: number): void {
    const { ctx, settlements } = this.#deps
    const { id: deliveryId, subscriptionId, kind } = hopeless
    // Of an unusable subscription there may be any number; the directory has said what is wrong with it.
    const level = kind === 'subscription_unusable' ? 'debug' : 'warn'
    ctx.log[level]({ deliveryId, subscriptionId, outcome: kind }, 'a delivery cannot be sent')
    this.#unsettled[bucket] = (this.#unsettled[bucket] ?? 0) + 1
    settlements.add(refuse(hopeless, ctx.clock))
  }

  /** A result was written; false when someone else's counted instead. */
  settled(settlement: Settlement, counted: boolean): void {
    const { gates, lanes } = this.#deps
    const released = lanes.release(settlement.id)
    if (!released) return
    const { bucket, subscriptionId } = released.lane
    this.#unsettled[bucket] = Math.max(0, (this.#unsettled[bucket] ?? 0) - 1)
    if (counted && (released.orderKey === undefined || settlement.status === 'pending')) return
    const lane = gates.lane(bucket, subscriptionId)
    if (!counted) lane.lowMs = undefined
    if (released.orderKey === undefined || !this.maySend(subscriptionId)) return
    // The entity's next one, now that nothing can come back before it.
    lane.wantEntity(released.orderKey)
    lanes.hunger.note(lane)
    if (this.#running) this.#deps.onHungry()
  }

  #send(delivery: QueuedDelivery, lane: Lane): void {
    const { ctx, directory, gates, lanes, ownership } = this.#deps
    const subscription = directory.get(delivery.subscriptionId)
    const status = subscription?.status
    if ((status !== 'active' && status !== 'unusable') || !ownership.owns(lane.bucket)) {
      // Paused, disabled, gone, or another dispatcher's: it stays on disk.
      lanes.release(delivery.id)
      lanes.forget(lane)
      return
    }
    if (!subscription || status === 'unusable') {
      this.refuse({ ...delivery, kind: 'subscription_unusable' }, lane.bucket)
      return
    }
    const { gate, bucket } = lane
    const startedAtMs = this.#nowMs
    this.#unsettled[bucket] = (this.#unsettled[bucket] ?? 0) + 1
    gates.started(gate, startedAtMs)
    lane.usedAtMs = startedAtMs
    attempt(this.#deps.attempt, delivery, subscription).then(
      ({ settlement, outcome }) => {
        this.#deps.settlements.add(settlement)
        this.#ended(gate, startedAtMs, outcome)
        this.pump()
      },
      (error) => {
        // A bug, not an outcome. It would happen again each time, so the delivery ends here.
        ctx.log.error({ err: error, deliveryId: delivery.id }, 'an attempt could not be made')
        this.#unsettled[bucket] = Math.max(0, (this.#unsettled[bucket] ?? 0) - 1)
        this.refuse({ ...delivery, kind: 'unprocessable', url: subscription.url }, bucket)
        this.#ended(gate, startedAtMs, { kind: 'unprocessable', detail: '' })
        this.pump()
      },
    )
  }

  #ended(gate: Gate, startedAtMs: number, outcome: Outcome): void {
    const { ctx, gates, lanes } = this.#deps
    const nowMs = ctx.clock.monotonicMs()
    const before = gate.admission.breaker.state
    gates.ended(gate, {
      effect: effectOf(outcome),
      startedAtMs,
      nowMs,
      random: ctx.clock.random(),
      pauseMs: pauseOf(outcome, ctx.clock.now()),
    })
    const { state } = gate.admission.breaker
    const restsUntilMs = gate.admission.restsUntilMs(nowMs)
    if (state !== before) {
      const { subscriptionId } = gate
      const restsForMs = Math.max(0, Math.round(restsUntilMs - nowMs))
      ctx.log.info({ subscriptionId, breaker: state, before, restsForMs }, 'a breaker changed')
    }
    lanes.ended(gate)
    if (restsUntilMs > 0) this.#rest(gate, restsUntilMs)
  }

  /** Nothing is sent until then, and nothing stays in memory for it. */
  #rest(gate: Gate, untilMs: number): void {
    for (const lane of gate.lanes.values()) this.#deps.lanes.forget(lane)
    if (this.#running) this.#wakeUps.set(gate.subscriptionId, untilMs)
  }

  /** The time of a gate has come: what waited for it is looked for on disk. */
  #wake(subscriptionId: string): void {
    const { directory, gates, lanes, ownership } = this.#deps
    const gate = gates.get(subscriptionId)
    if (!gate || !this.#running) return
    const subscription = directory.get(subscriptionId)
    if (gate.lanes.size === 0 && subscription) {
      const { organisationId } = subscription
      const buckets = organisationId === null ? ownership.buckets : [bucketOf(organisationId)]
      for (const bucket of buckets) {
        if (!ownership.owns(bucket)) continue
        const lane = gates.lane(bucket, subscriptionId)
        lane.backlog = true
        lane.walk ??= { after: undefined }
        lanes.hunger.note(lane)
      }
    }
    lanes.unpark(gate)
    this.pump()
  }

  /** A subscription of the platform is served by several dispatchers: each has its part of the rate. */
  #rateOf(gate: Gate): number | null {
    const { directory, ownership } = this.#deps
    const subscription = directory.get(gate.subscriptionId)
    const rate = subscription?.rateLimit ?? null
    if (rate === null || subscription?.organisationId !== null) return rate
    return (rate * Math.max(1, ownership.buckets.size)) / bucketCount
  }
}

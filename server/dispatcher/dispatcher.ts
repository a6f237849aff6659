import { Agent } from 'undici'
import type { Context } from '../context.ts'
import { abandonDelivery, type Outcome, type Settlement } from '../deliveries/index.ts'
import { Loop } from '../kernel/loop.ts'
import {
  type DeliverySink,
  deliveryExhaustedEvent,
  Outbox,
  type QueuedDelivery,
} from '../publishing/index.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { type AttemptDependencies, attempt } from './attempt.ts'
import { Backlog } from './backlog.ts'
import { createConnector } from './connect.ts'
import { Gates } from './gates.ts'
import type { Lane } from './lane.ts'
import { Lanes } from './lanes.ts'
import { Ownership } from './ownership.ts'
import { SettlementBuffer } from './settlement.ts'

const connectTimeoutMs = 5000
/** While so many results wait for the database, nothing new is started: memory stays bounded. */
const unsettledMax = 5000
const directoryPollMs = 1000
const backlogPollMs = 1000

/** Hears of attempts once they are written, a batch at a time; must be quick and not throw. */
export type SettlementObserver = (settlements: readonly Settlement[]) => void

/**
 * Turns due deliveries into attempts. It owns buckets, publishes the events of their organisations, holds some of their
 * deliveries in memory, sends them and writes what came of it. Everything it knows can be found again on disk.
 */
export class Dispatcher implements DeliverySink {
  readonly #ctx: Context
  readonly #directory: SubscriptionDirectory
  readonly #observers: readonly SettlementObserver[]
  readonly #ownership: Ownership
  readonly #lanes = new Lanes()
  readonly #gates: Gates
  readonly #backlog: Backlog
  readonly #settlements: SettlementBuffer
  readonly #agent: Agent
  readonly #attempt: AttemptDependencies
  readonly #loops: Record<'ownership' | 'publish' | 'directory' | 'backlog', Loop>
  readonly #outbox: Outbox
  readonly #listeners: Record<'events' | 'queue' | 'subscriptions', () => void>
  #running = false
  #stopping: Promise<void> | undefined

  constructor(
    ctx: Context,
    directory: SubscriptionDirectory,
    observers: readonly SettlementObserver[] = [],
  ) {
    const { clock, log, config } = ctx
    const { dispatcher: settings } = config
    this.#ctx = ctx
    this.#directory = directory
    this.#observers = observers
    this.#outbox = new Outbox(ctx, directory)
    this.#ownership = new Ownership(ctx.database.engine, clock, settings.leaseMs)
    this.#gates = new Gates(settings.concurrencyMax, settings.concurrencyPerSubscriptionMax)
    this.#backlog = new Backlog(ctx.database.engine, this.#lanes, (orphan) => this.#abandon(orphan))
    this.#settlements = new SettlementBuffer(
      ctx.database.engine,
      clock,
      log,
      (settlement) => deliveryExhaustedEvent(settlement, directory),
      (batch, counted) => this.#settled(batch, counted),
    )
    this.#agent = new Agent({
      connect: createConnector({ allowedNetworks: config.allowedNetworks, connectTimeoutMs }),
      connections: settings.concurrencyPerSubscriptionMax,
      pipelining: 1,
      maxHeaderSize: 16_384,
      keepAliveTimeout: 30_000,
    })
    this.#attempt = {
      agent: this.#agent,
      clock,
      retryScheduleSeconds: settings.retryScheduleSeconds,
    }
    const loop = (name: string, everyMs: number, turn: () => Promise<boolean>) =>
      new Loop({ name, everyMs, clock, log, turn })
    this.#loops = {
      ownership: loop('ownership', this.#ownership.renewEveryMs, () => this.#renew()),
      directory: loop('directory', directoryPollMs, () => this.#refreshDirectory()),
      publish: loop('publish', settings.publishPollMs, () => this.#publish()),
      backlog: loop('backlog', backlogPollMs, () => this.#lookAtBacklog()),
    }
    this.#listeners = {
      events: () => this.#loops.publish.wake(),
      queue: () => this.#loops.backlog.wake(),
      subscriptions: () => this.#loops.directory.wake(),
    }
  }

  owns(bucket: number): boolean {
    return this.#running && this.#ownership.owns(bucket)
  }

  /** Deliveries that were queued on disk this moment; what does not fit into memory is left there. */
  take(deliveries: readonly QueuedDelivery[]): void {
    for (const delivery of deliveries) this.#lanes.offer(delivery, false)
    this.#pump()
  }

  /** Resolves when the first buckets are owned. */
  async start(): Promise<void> {
    if (this.#running) return
    this.#running = true
    await this.#directory.refresh()
    await this.#renew()
    for (const name of ['events', 'queue', 'subscriptions'] as const) {
      this.#ctx.signals.on(name, this.#listeners[name])
    }
    for (const loop of Object.values(this.#loops)) loop.start()
  }

  /** Starts nothing more, lets what is under way finish, writes it down and gives the buckets back. */
  stop(): Promise<void> {
    this.#stopping ??= this.#drain()
    return this.#stopping
  }

  async #drain(): Promise<void> {
    if (!this.#running) return
    this.#running = false
    const { clock, config, signals, log } = this.#ctx
    for (const name of ['events', 'queue', 'subscriptions'] as const) {
      signals.off(name, this.#listeners[name])
    }
    const { ownership, ...others } = this.#loops
    await Promise.all(Object.values(others).map((loop) => loop.stop()))
    // The lease is kept until the last request has ended, so that nobody else sends the same meanwhile.
    const deadlineMs = clock.monotonicMs() + config.dispatcher.drainMs
    while (this.#gates.underWay > 0 && clock.monotonicMs() < deadlineMs) await clock.sleep(20)
    if (this.#gates.underWay > 0)
      log.warn({ requests: this.#gates.underWay }, 'requests were cut short')
    await this.#settlements.stop(config.dispatcher.drainMs)
    await ownership.stop()
    await this.#ownership
      .release()
      .catch((err) => log.warn({ err }, 'the buckets could not be given back'))
    await this.#agent.destroy()
  }

  async #renew(): Promise<boolean> {
    const gained = await this.#ownership.renew()
    for (const lane of this.#lanes.all()) {
      if (!this.#ownership.owns(lane.bucket)) this.#lanes.forget(lane)
    }
    const leaving = await this.#ownership.surplus()
    const idle = leaving.filter((bucket) => !this.#gates.isBusy(bucket))
    if (idle.length > 0) await this.#ownership.giveBack(idle)
    if (gained.length > 0) {
      this.#loops.backlog.wake()
      this.#loops.publish.wake()
    }
    return false
  }

  async #refreshDirectory(): Promise<boolean> {
    const before = this.#directory.revision
    await this.#directory.refresh()
    // Resumed, or with another URL: what waits for it may go.
    if (this.#directory.revision !== before) this.#loops.backlog.wake()
    return false
  }

  async #publish(): Promise<boolean> {
    const { deliveries, more } = await this.#outbox.publish([...this.#ownership.buckets])
    this.take(deliveries)
    return more
  }

  async #lookAtBacklog(): Promise<boolean> {
    await this.#backlog.find([...this.#ownership.buckets])
    this.#lanes.unpark()
    const more = await this.#backlog.load((lane) => this.#maySend(lane))
    this.#pump()
    return more
  }

  #maySend(lane: Lane): boolean {
    return this.#directory.get(lane.subscriptionId)?.status === 'active'
  }

  /** Starts as many requests as the gates allow, one lane after the other. */
  #pump(): void {
    if (!this.#running) return
    while (!this.#gates.full && this.#settlements.size < unsettledMax) {
      const delivery = this.#lanes.next(
        (lane) => this.#gates.mayStart(lane.subscriptionId) && this.#ownership.owns(lane.bucket),
      )
      if (!delivery) break
      this.#send(delivery)
    }
    if (this.#lanes.hungry) this.#loops.backlog.wake()
  }

  #send(delivery: QueuedDelivery): void {
    const subscription = this.#directory.get(delivery.subscriptionId)
    if (subscription?.status !== 'active') {
      // Paused, disabled or gone: it stays on disk.
      this.#lanes.release(delivery.id)
      return
    }
    this.#gates.started(delivery.subscriptionId, delivery.bucket)
    attempt(this.#attempt, delivery, subscription).then(
      ({ settlement, outcome }) => {
        this.#gates.ended(delivery.subscriptionId, delivery.bucket, effectOf(outcome))
        this.#lanes.unpark(delivery.subscriptionId)
        this.#settlements.add(settlement)
        this.#pump()
      },
      (error) => {
        // A bug, not an outcome: the delivery stays on disk, and the backlog finds it again.
        this.#ctx.log.error({ err: error, deliveryId: delivery.id }, 'an attempt could not be made')
        this.#gates.ended(delivery.subscriptionId, delivery.bucket, 'neither')
        this.#lanes.unpark(delivery.subscriptionId)
        this.#lanes.release(delivery.id)
      },
    )
  }

  #settled(batch: readonly Settlement[], counted: ReadonlySet<string>): void {
    for (const settlement of batch) {
      this.#backlog.noteSettled(settlement.id, settlement.attempts + 1)
      this.#lanes.release(settlement.id)
      if (!counted.has(settlement.id))
        this.#ctx.log.warn(
          { deliveryId: settlement.id },
          'another dispatcher settled this delivery',
        )
    }
    const recorded = batch.filter((settlement) => counted.has(settlement.id))
    if (recorded.length > 0) for (const observe of this.#observers) observe(recorded)
  }

  #abandon(orphan: { organisationId: string; id: string }): void {
    this.#ctx.log.warn(
      { deliveryId: orphan.id },
      'the event of a waiting delivery is gone; it is abandoned',
    )
    abandonDelivery(this.#ctx.database.engine, orphan.organisationId, orphan.id).catch((err) =>
      this.#ctx.log.warn({ err }, 'a delivery could not be abandoned yet'),
    )
  }
}

function effectOf(outcome: Outcome): 'coped' | 'overloaded' | 'neither' {
  if (outcome.kind === 'timeout') return 'overloaded'
  if (outcome.kind !== 'response') return 'neither'
  if (outcome.statusCode === 429 || outcome.statusCode >= 500) return 'overloaded'
  return outcome.statusCode < 300 ? 'coped' : 'neither'
}

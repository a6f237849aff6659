import { Agent } from 'undici'
import type { Context } from '../context.ts'
import type { Settlement } from '../deliveries/index.ts'
import { bucketOf } from '../kernel/ids.ts'
import { createResolve } from '../kernel/resolve-name.ts'
import {
  type DeliverySink,
  deliveryExhaustedEvent,
  type QueuedDelivery,
} from '../publishing/index.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { Backlog } from './backlog.ts'
import { createConnector } from './connect.ts'
import { Duties } from './duties.ts'
import { type GateState, Gates } from './gates.ts'
import { Lanes } from './lanes.ts'
import { Ownership } from './ownership.ts'
import { Sender } from './sender.ts'
import { SettlementBuffer } from './settlement.ts'
import { mayStart } from './share.ts'

const connectTimeoutMs = 5000

/** Hears of attempts once they are written, a batch at a time; must be quick and not throw. */
export type SettlementObserver = (settlements: readonly Settlement[]) => void

/**
 * Turns due deliveries into attempts. It owns buckets, publishes the events of their organisations, holds some of their
 * deliveries in memory, sends them and writes what came of it. Everything it knows can be found again on disk.
 */
export class Dispatcher implements DeliverySink {
  readonly #ctx: Context
  readonly #observers: readonly SettlementObserver[]
  readonly #ownership: Ownership
  readonly #gates: Gates
  readonly #backlog: Backlog
  readonly #settlements: SettlementBuffer
  readonly #agent: Agent
  readonly #sender: Sender
  readonly #duties: Duties
  #running = false
  #stopping: Promise<void> | undefined

  constructor(
    ctx: Context,
    directory: SubscriptionDirectory,
    observers: readonly SettlementObserver[] = [],
  ) {
    const { clock, log, config, database } = ctx
    const { dispatcher: settings } = config
    this.#ctx = ctx
    this.#observers = observers
    const ownership = new Ownership(database.engine, clock, settings.leaseMs)
    const gates = new Gates(
      {
        concurrencyMax: settings.concurrencyPerSubscriptionMax,
        probeAfterMs: settings.probeAfterMs,
      },
      (subscriptionId) => directory.get(subscriptionId)?.organisationId ?? null,
      () => clock.monotonicMs(),
    )
    const lanes = new Lanes(gates, (tenant) =>
      mayStart(settings, { all: gates.underWay, own: tenant.underWay }),
    )
    const settlements = new SettlementBuffer(
      database.engine,
      clock,
      log,
      (settlement) => deliveryExhaustedEvent(settlement, directory),
      (batch, counted) => this.#settled(batch, counted),
    )
    this.#agent = new Agent({
      connect: createConnector({
        policy: config,
        connectTimeoutMs,
        resolve: createResolve({ clock, knowsOwnNames: config.allowedNetworks.length > 0 }),
        log,
      }),
      // As many as may be under way at all: a request that has been signed must not wait behind those of another
      // subscription at the same host.
      connections: settings.concurrencyMax,
      pipelining: 1,
      maxHeaderSize: 16_384,
      keepAliveTimeout: 30_000,
      // Whatever the receiver proposes: connections that nobody uses are not kept for hours.
      keepAliveMaxTimeout: 30_000,
    })
    const sender = new Sender({
      ctx,
      directory,
      ownership,
      gates,
      lanes,
      settlements,
      attempt: { agent: this.#agent, clock, retryScheduleSeconds: settings.retryScheduleSeconds },
      onHungry: () => this.#duties.wakeLoad(),
    })
    const backlog = new Backlog({
      database: database.engine,
      clock,
      gates,
      lanes,
      maySend: (subscriptionId) => sender.maySend(subscriptionId),
      onHopeless: (hopeless) => sender.refuse(hopeless, bucketOf(hopeless.organisationId)),
    })
    this.#ownership = ownership
    this.#gates = gates
    this.#settlements = settlements
    this.#sender = sender
    this.#backlog = backlog
    this.#duties = new Duties({ ctx, directory, ownership, gates, lanes, backlog, sender })
  }

  get id(): string {
    return this.#ownership.id
  }

  owns(bucket: number): boolean {
    return this.#running && this.#ownership.owns(bucket)
  }

  /** Deliveries that were queued on disk this moment; what does not fit into memory is left there. */
  take(deliveries: readonly QueuedDelivery[]): void {
    this.#sender.take(deliveries)
  }

  /** How each subscription fares that was sent to lately: breaker, pause, concurrency. */
  states(): GateState[] {
    return this.#gates.states()
  }

  /** Whether everything that its buckets have for now was published, sent and written down. */
  async isIdle(): Promise<boolean> {
    if (!this.#duties.isOutboxEmpty || this.#gates.underWay > 0) return false
    // A row goes when its result is written, so what waits in memory is on disk as well.
    return !(await this.#backlog.isDue([...this.#ownership.buckets]))
  }

  /** Resolves when the first buckets are owned. */
  async start(): Promise<void> {
    if (this.#running) return
    this.#running = true
    this.#sender.start()
    await this.#duties.start()
  }

  /** Starts nothing more, lets what is under way finish, writes it down and gives the buckets back. */
  stop(): Promise<void> {
    this.#stopping ??= this.#drain()
    return this.#stopping
  }

  async #drain(): Promise<void> {
    if (!this.#running) return
    this.#running = false
    this.#sender.stop()
    await this.#duties.stop()
    const { clock, config, log } = this.#ctx
    // The lease is kept until the last request has ended, so that nobody else sends the same meanwhile.
    const deadlineMs = clock.monotonicMs() + config.dispatcher.drainMs
    while (this.#gates.underWay > 0 && clock.monotonicMs() < deadlineMs) await clock.sleep(20)
    if (this.#gates.underWay > 0)
      log.warn({ requests: this.#gates.underWay }, 'requests were cut short')
    await this.#settlements.stop(config.dispatcher.drainMs)
    await this.#duties.stopRenewing()
    await this.#ownership
      .release()
      .catch((err) => log.warn({ err }, 'the buckets could not be given back'))
    await this.#agent.destroy()
  }

  #settled(batch: readonly Settlement[], counted: ReadonlySet<string>): void {
    for (const settlement of batch) {
      const isCounted = counted.has(settlement.id)
      this.#backlog.noteSettled(settlement.id, settlement.attempts + 1)
      this.#sender.settled(settlement, isCounted)
      if (!isCounted)
        this.#ctx.log.warn(
          { deliveryId: settlement.id },
          'another dispatcher settled this delivery',
        )
    }
    const recorded = batch.filter((settlement) => counted.has(settlement.id))
    if (recorded.length > 0) for (const observe of this.#observers) observe(recorded)
  }
}

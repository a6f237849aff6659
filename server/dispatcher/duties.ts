import { onEmitted } from '@posthorn/sdk/emit'
import type { Context } from '../context.ts'
import { bucketOf } from '../kernel/ids.ts'
import { Loop } from '../kernel/loop.ts'
import { Outbox } from '../publishing/index.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import type { Backlog } from './backlog.ts'
import type { Gates } from './gates.ts'
import type { Lanes } from './lanes.ts'
import type { Ownership } from './ownership.ts'
import type { Sender } from './sender.ts'

const directoryPollMs = 1000
const lookPollMs = 1000
/** Loads are woken by who is hungry; this is for what was missed. */
const loadPollMs = 1000
const pruneEveryRenewals = 60

export interface DutyDependencies {
  ctx: Context
  directory: SubscriptionDirectory
  ownership: Ownership
  gates: Gates
  lanes: Lanes
  backlog: Backlog
  sender: Sender
}

/** What a dispatcher does again and again beside sending, each in a loop of its own. */
export class Duties {
  readonly #deps: DutyDependencies
  readonly #loops: Record<'ownership' | 'publish' | 'directory' | 'look' | 'load', Loop>
  readonly #listeners: Record<'events' | 'queue' | 'subscriptions', () => void>
  readonly #outbox: Outbox
  #renewals = 0
  #cancelLook: (() => void) | undefined
  #ignoreEmitted: (() => void) | undefined

  constructor(dependencies: DutyDependencies) {
    this.#deps = dependencies
    const { ctx, directory, ownership } = dependencies
    this.#outbox = new Outbox(ctx, directory)
    const { clock, log, config } = ctx
    const loop = (name: string, everyMs: number, turn: () => Promise<boolean | number>) =>
      new Loop({ name, everyMs, clock, log, turn })
    this.#loops = {
      ownership: loop('ownership', ownership.renewEveryMs, () => this.#renew()),
      directory: loop('directory', directoryPollMs, () => this.#refreshDirectory()),
      publish: loop('publish', config.dispatcher.publishPollMs, () => this.#publish()),
      look: loop('look', lookPollMs, () => this.#look()),
      load: loop('load', loadPollMs, () => this.#load()),
    }
    this.#listeners = {
      events: () => {
        this.#outbox.expect()
        this.#loops.publish.wake()
      },
      queue: () => this.#loops.look.wake(),
      subscriptions: () => this.#loops.directory.wake(),
    }
  }

  /** Resolves when the first buckets are owned. */
  async start(): Promise<void> {
    const { ctx, directory } = this.#deps
    await directory.refresh()
    await this.#renew()
    for (const name of ['events', 'queue', 'subscriptions'] as const) {
      ctx.signals.on(name, this.#listeners[name])
    }
    this.#ignoreEmitted = onEmitted((organisationId) => this.#anticipate(organisationId))
    for (const loop of Object.values(this.#loops)) loop.start()
  }

  /** Ends all but the renewal of the lease. */
  async stop(): Promise<void> {
    for (const name of ['events', 'queue', 'subscriptions'] as const) {
      this.#deps.ctx.signals.off(name, this.#listeners[name])
    }
    this.#ignoreEmitted?.()
    this.#cancelLook?.()
    const { ownership, ...others } = this.#loops
    await Promise.all(Object.values(others).map((loop) => loop.stop()))
  }

  stopRenewing(): Promise<void> {
    return this.#loops.ownership.stop()
  }

  get isOutboxEmpty(): boolean {
    return this.#outbox.isEmpty
  }

  /** A lane would load from disk. */
  wakeLoad(): void {
    this.#loops.load.wake()
  }

  /** Somebody in this process wrote an event in a transaction that is about to end. */
  #anticipate(organisationId: string): void {
    const bucket = bucketOf(organisationId)
    if (!this.#deps.ownership.owns(bucket)) return
    if (this.#outbox.anticipate(bucket)) this.#loops.publish.wake()
  }

  async #renew(): Promise<boolean> {
    const { ownership, gates, lanes, sender } = this.#deps
    const gained = await ownership.renew()
    for (const lane of gates.lanes()) if (!ownership.owns(lane.bucket)) lanes.forget(lane)
    const leaving = await ownership.surplus()
    const idle = leaving.filter((bucket) => !sender.isBusy(bucket))
    if (idle.length > 0) await ownership.giveBack(idle)
    if (gained.length > 0) {
      this.#loops.look.wake()
      this.#outbox.expect()
      this.#loops.publish.wake()
    }
    if (++this.#renewals % pruneEveryRenewals === 0) gates.prune()
    return false
  }

  async #refreshDirectory(): Promise<boolean> {
    const { directory } = this.#deps
    const before = directory.revision
    await directory.refresh()
    // Resumed, or with another URL: what waits for it may go.
    if (directory.revision !== before) this.#loops.look.wake()
    return false
  }

  async #publish(): Promise<boolean | number> {
    const { ownership, sender } = this.#deps
    const { deliveries, next } = await this.#outbox.publish([...ownership.buckets])
    sender.take(deliveries)
    return next
  }

  async #look(): Promise<boolean> {
    const { ctx, backlog, lanes, ownership } = this.#deps
    const waitMs = await backlog.find([...ownership.buckets])
    if (waitMs > 0) {
      this.#cancelLook?.()
      this.#cancelLook = ctx.clock.after(waitMs, () => this.#loops.look.wake())
    }
    if (lanes.hunger.any) this.#loops.load.wake()
    return false
  }

  async #load(): Promise<boolean> {
    const more = await this.#deps.backlog.load()
    this.#deps.sender.pump()
    return more
  }
}

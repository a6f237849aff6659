import type { Context } from '../context.ts'
import { databaseNowMs } from '../database/database-clock.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { type Published, publishEvents } from './publish-events.ts'
import type { QueuedDelivery } from './queued-delivery.ts'

/** Events of one look; divided over the buckets that had some last time, so that a bulk insert shares it with others. */
const eventsMax = 500
const perBucketMin = 16
const hourMs = 3_600_000
/** Buckets that had something lately are looked at this often, the others as often as the operator says. */
const quickLookMs = 5
const recentMs = 1000
/** Every so many looks at all buckets, one over the whole retained time and as far ahead. */
const wideLookEvery = 250
/** A machine whose clock is further off than this stamps its webhooks so that receivers begin to refuse them. */
const clockOffMaxMs = 30_000

/** The events that others inserted into `domain_events`, published look by look. */
export class Outbox {
  readonly #ctx: Context
  readonly #directory: SubscriptionDirectory
  readonly #unpublishable = new Set<string>()
  /** Buckets that had events, and until when that counts as lately. */
  readonly #recent = new Map<number, number>()
  #looks = 0
  #lookedAtAllMs = Number.NEGATIVE_INFINITY
  #busyBuckets = 0
  #isEmpty = false
  /** How far this machine's clock is ahead of the database's, when it was last compared. */
  #clockOffMs = 0

  constructor(ctx: Context, directory: SubscriptionDirectory) {
    this.#ctx = ctx
    this.#directory = directory
  }

  /** Whether the last look over all buckets found nothing that can be published. */
  get isEmpty(): boolean {
    return this.#isEmpty
  }

  /** Something was inserted just now: the next look is at all buckets. */
  expect(): void {
    this.#lookedAtAllMs = Number.NEGATIVE_INFINITY
    this.#isEmpty = false
  }

  /**
   * An event of this bucket may be committed any moment: for a while it is looked at often. True when the next look was
   * not going to come soon.
   */
  anticipate(bucket: number): boolean {
    const isQuiet = this.#recent.size === 0
    this.#recent.set(bucket, this.#ctx.clock.monotonicMs() + recentMs)
    return isQuiet
  }

  /**
   * One look over `buckets`, or between two only over those that had something lately. `next` is true when there may be
   * more right away, else the milliseconds until the next look.
   */
  async publish(
    buckets: readonly number[],
  ): Promise<{ deliveries: QueuedDelivery[]; next: true | number }> {
    const { clock, config } = this.#ctx
    const startedAtMs = clock.monotonicMs()
    const all = startedAtMs - this.#lookedAtAllMs >= config.dispatcher.publishPollMs
    for (const [bucket, untilMs] of this.#recent) {
      if (untilMs < startedAtMs) this.#recent.delete(bucket)
    }
    const looked = all ? buckets : buckets.filter((bucket) => this.#recent.has(bucket))
    if (all) this.#lookedAtAllMs = startedAtMs
    const { found, busyBuckets, failed, deliveries } = await this.#look(looked, all)
    for (const id of failed) this.#unpublishable.add(id)
    for (const bucket of busyBuckets) this.#recent.set(bucket, clock.monotonicMs() + recentMs)
    this.#busyBuckets = busyBuckets.size
    // Unless something was announced while it looked.
    if (all) this.#isEmpty = found === failed.length && this.#lookedAtAllMs === startedAtMs
    if (found > failed.length) return { deliveries, next: true }
    return {
      deliveries,
      next: this.#recent.size > 0 ? quickLookMs : config.dispatcher.publishPollMs,
    }
  }

  async #look(buckets: readonly number[], all: boolean): Promise<Published> {
    if (buckets.length === 0) {
      return { deliveries: [], found: 0, busyBuckets: new Set(), failed: [] }
    }
    const { clock, database } = this.#ctx
    const wide = all && this.#looks % wideLookEvery === 0
    if (wide) {
      this.#unpublishable.clear()
      await this.#compareClocks()
    }
    const nowMs = clock.now() - this.#clockOffMs
    // Each time from another bucket on, or those at the end would wait for those at the beginning.
    const first = this.#looks % buckets.length
    if (all) this.#looks++
    return publishEvents({
      database: database.engine,
      directory: this.#directory,
      buckets: [...buckets.slice(first), ...buckets.slice(0, first)],
      sinceMs: wide ? 0 : nowMs - hourMs,
      nowMs: wide ? nowMs + 10_000 * hourMs : nowMs,
      skip: this.#unpublishable,
      eventsMax,
      perBucketMax: Math.max(perBucketMin, Math.floor(eventsMax / Math.max(1, this.#busyBuckets))),
    })
  }

  /** Ids carry the time of whoever made them; a look by a clock that is wrong would miss the newest. */
  async #compareClocks(): Promise<void> {
    const { clock, database, log } = this.#ctx
    const offMs = clock.now() - (await databaseNowMs(database.engine))
    const changedMs = offMs - this.#clockOffMs
    this.#clockOffMs = offMs
    if (Math.abs(offMs) > clockOffMaxMs && Math.abs(changedMs) > clockOffMaxMs) {
      const offSeconds = Math.round(offMs / 1000)
      log.warn({ offSeconds }, "this machine's clock differs from the database's; set it right")
    }
  }
}

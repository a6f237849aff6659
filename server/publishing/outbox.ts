import type { Context } from '../context.ts'
import { databaseNowMs } from '../database/database-clock.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { publishEvents } from './publish-events.ts'
import type { QueuedDelivery } from './queued-delivery.ts'

/** Events of one look; divided over the buckets that had some last time, so that a bulk insert shares it with others. */
const eventsMax = 500
const perBucketMin = 16
const hourMs = 3_600_000
/** Every so many looks, one over the whole retained time and as far ahead. */
const wideLookEvery = 250
/** A machine whose clock is further off than this stamps its webhooks so that receivers begin to refuse them. */
const clockOffMaxMs = 30_000

/** The events that others inserted into `domain_events`, published look by look. */
export class Outbox {
  readonly #ctx: Context
  readonly #directory: SubscriptionDirectory
  readonly #unpublishable = new Set<string>()
  #looks = 0
  #busyBuckets = 0
  /** How far this machine's clock is ahead of the database's, when it was last compared. */
  #clockOffMs = 0

  constructor(ctx: Context, directory: SubscriptionDirectory) {
    this.#ctx = ctx
    this.#directory = directory
  }

  /** One look over `buckets`; `more` when there may be some left right away. */
  async publish(
    buckets: readonly number[],
  ): Promise<{ deliveries: QueuedDelivery[]; more: boolean }> {
    if (buckets.length === 0) return { deliveries: [], more: false }
    const { clock, database } = this.#ctx
    const wide = this.#looks % wideLookEvery === 0
    if (wide) {
      this.#unpublishable.clear()
      await this.#compareClocks()
    }
    const nowMs = clock.now() - this.#clockOffMs
    // Each time from another bucket on, or those at the end would wait for those at the beginning.
    const first = this.#looks++ % buckets.length
    const { found, busyBuckets, failed, deliveries } = await publishEvents({
      database: database.engine,
      directory: this.#directory,
      buckets: [...buckets.slice(first), ...buckets.slice(0, first)],
      sinceMs: wide ? 0 : nowMs - hourMs,
      nowMs: wide ? nowMs + 10_000 * hourMs : nowMs,
      skip: this.#unpublishable,
      eventsMax,
      perBucketMax: Math.max(perBucketMin, Math.floor(eventsMax / Math.max(1, this.#busyBuckets))),
    })
    for (const id of failed) this.#unpublishable.add(id)
    this.#busyBuckets = busyBuckets
    return { deliveries, more: found > failed.length }
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

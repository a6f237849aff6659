import type { Context } from '../context.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { publishEvents } from './publish-events.ts'
import type { QueuedDelivery } from './queued-delivery.ts'

/** Events of one look; divided over the buckets that had some last time, so that a bulk insert shares it with others. */
const eventsMax = 500
const perBucketMin = 16
const hourMs = 3_600_000
/** Every so many looks, one over the whole retained time and as far ahead. */
const wideLookEvery = 250

/** The events that others inserted into `domain_events`, published look by look. */
export class Outbox {
  readonly #ctx: Context
  readonly #directory: SubscriptionDirectory
  readonly #unpublishable = new Set<string>()
  #looks = 0
  #busyBuckets = 0

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
    const nowMs = clock.now()
    const wide = this.#looks % wideLookEvery === 0
    if (wide) this.#unpublishable.clear()
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
}

import type { Context } from '../context.ts'
import { type Settlement, webhookBody } from '../deliveries/index.ts'
import {
  getSubscription,
  type SubscriptionScope,
  subscriptionErrors,
} from '../subscriptions/index.ts'
import { eventDropped, leaseExpired } from './ended.ts'
import { type Leased, type LeasedRow, leaseDeliveries } from './lease-deliveries.ts'
import { PullNotes } from './pull-state.ts'
import type { PullRequest } from './schemas.ts'

/** While a consumer waits it is looked this often; a look that finds nothing is one probe of an index. */
const lookEveryMs = 250
/** Where order is kept, looks at entities that are all held, within one pull. */
const looksMax = 20

export interface Pulling {
  ctx: Context
  /** Writes down attempts that have ended. Answers the deliveries that counted. */
  settle: (settlements: readonly Settlement[]) => Promise<ReadonlySet<string>>
  /** Hears of attempts that are written down already. */
  observe: (settlements: readonly Settlement[]) => void
}

/** Gives out what waits for pull subscriptions; any number of processes may. */
export class Puller {
  readonly #deps: Pulling
  readonly #notes: PullNotes
  /** Where order is kept, the entity that was visited last: a hint, so that all have their turn. */
  readonly #after = new Map<string, string>()

  constructor(deps: Pulling) {
    this.#deps = deps
    this.#notes = new PullNotes(deps.ctx.clock)
  }

  /**
   * Leases what is due and answers it as JSON, whose events have the bytes of a webhook.
   * @throws not_found, subscription_not_pulled
   */
  async pull(
    scope: SubscriptionScope,
    ref: string,
    request: PullRequest,
    signal: AbortSignal,
  ): Promise<string> {
    const { ctx } = this.#deps
    const subscription = await requirePulled(ctx, scope, ref)
    await this.#notes.note(ctx, subscription)
    const untilMs = ctx.clock.monotonicMs() + request.waitSeconds * 1000
    for (;;) {
      const rows = subscription.status === 'active' ? await this.#lease(subscription, request) : []
      const leftMs = untilMs - ctx.clock.monotonicMs()
      if (rows.length > 0 || leftMs <= 0 || signal.aborted) {
        return `{"data":[${rows.map(toJson).join(',')}],"status":"${subscription.status}"}`
      }
      await ctx.clock.sleep(Math.min(lookEveryMs, leftMs), signal)
    }
  }

  async #lease(
    subscription: { id: string; ordering: 'none' | 'entity' },
    { limit, leaseSeconds }: PullRequest,
  ): Promise<LeasedRow[]> {
    const { ctx, settle, observe } = this.#deps
    for (let looks = 0; looks < looksMax; looks++) {
      const from = this.#after.get(subscription.id)
      const { rows, after }: Leased = await leaseDeliveries(ctx.database.engine, {
        subscription,
        limit,
        leaseMs: leaseSeconds * 1000,
        after: from,
        nowMs: ctx.clock.now(),
      })
      if (after === undefined) this.#after.delete(subscription.id)
      else this.#after.set(subscription.id, after)
      const expired = rows.filter((row) => row.expiredFrom !== null).map(leaseExpired)
      if (expired.length > 0) observe(expired)
      const dropped = rows.filter((row) => row.eventType === null)
      if (dropped.length > 0) await settle(dropped.map((row) => eventDropped(row, ctx.clock.now())))
      const given = rows.filter((row) => row.eventType !== null)
      // The rest of the way round may have something.
      if (given.length > 0 || (from === undefined && after === undefined && rows.length === 0))
        return given
    }
    return []
  }
}

/** @throws not_found, subscription_not_pulled */
export async function requirePulled(ctx: Context, scope: SubscriptionScope, ref: string) {
  const subscription = await getSubscription(ctx, scope, ref)
  if (subscription.mode === 'pull') return subscription
  throw subscriptionErrors.subscription_not_pulled({
    detail: 'They are posted to its URL. Register one with mode "pull" to fetch deliveries.',
  })
}

/** By hand, so that the event keeps its bytes, and its numbers their digits. */
function toJson(row: LeasedRow): string {
  const event = webhookBody({
    ...row,
    id: row.eventId,
    eventType: row.eventType ?? '',
    createdAt: row.createdAt.toISOString(),
  })
  const leasedUntil = row.leasedUntil.toISOString()
  return `{"id":"${row.id}","attempt":${row.attempts + 1},"leasedUntil":"${leasedUntil}","event":${event}}`
}

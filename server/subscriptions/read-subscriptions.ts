import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { decodeCursor, type Page, toPage } from '../kernel/page.ts'
import { tenantOfScope } from './change-subscription.ts'
import { explainMatch, type MatchExplanation } from './explain-match.ts'
import type { MatchableEvent } from './matchable-event.ts'
import { presentSubscription } from './present.ts'
import type { Subscription } from './schemas.ts'
import {
  healthOf,
  requireSubscription,
  type SubscriptionRow,
  type SubscriptionScope,
  whoseSubscription,
} from './store.ts'

export async function getSubscription(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
): Promise<Subscription> {
  const row = await asTenant(ctx.database.api, tenantOfScope(scope), (tx) =>
    requireSubscription(tx, scope, ref),
  )
  return presentSubscription(row)
}

export interface SubscriptionQuery {
  limit: number
  cursor?: string | undefined
  status?: Subscription['status'] | undefined
}

/** Newest first. */
export async function listSubscriptions(
  ctx: Context,
  scope: SubscriptionScope,
  query: SubscriptionQuery,
): Promise<Page<Subscription>> {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const rows = await asTenant(
    ctx.database.api,
    tenantOfScope(scope),
    (tx) => tx<SubscriptionRow[]>`
    select *, ${healthOf(tx)} from subscriptions
    where ${whoseSubscription(tx, scope)} and deleted_at is null
      ${query.status ? tx`and status = ${query.status}` : tx``}
      ${before ? tx`and id < ${before}` : tx``}
    order by id desc limit ${query.limit + 1}`,
  )
  return toPage(rows, query.limit, presentSubscription)
}

/**
 * Who could hear of an event, newest first, each with why it does or does not: its organisation's subscriptions, for the
 * platform also its own.
 */
export async function explainMatches(
  ctx: Context,
  viewer: 'organisation' | 'platform',
  event: MatchableEvent,
  query: Omit<SubscriptionQuery, 'status'>,
): Promise<Page<Subscription & MatchExplanation>> {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const { organisationId } = event
  const rows = await asTenant(
    ctx.database.api,
    viewer === 'platform' ? 'platform' : organisationId,
    (tx) => tx<SubscriptionRow[]>`
    select *, null as health from subscriptions
    where (organisation_id = ${organisationId} ${viewer === 'platform' ? tx`or organisation_id is null` : tx``})
      and deleted_at is null ${before ? tx`and id < ${before}` : tx``}
    order by id desc limit ${query.limit + 1}`,
  )
  return toPage(rows, query.limit, (row) => ({
    ...presentSubscription(row),
    ...explainMatch(row, event),
  }))
}

import { listEventTypes } from '../catalogue/index.ts'
import type { Context } from '../context.ts'
import { asTenant } from '../database/tenant.ts'
import { decodeCursor, encodeCursor, type Page, toPage } from '../kernel/page.ts'
import { tenantOfScope } from './change-subscription.ts'
import { compileTypeMatcher } from './compile-matcher.ts'
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
import { openRow } from './stored-secrets.ts'

export async function getSubscription(
  ctx: Context,
  scope: SubscriptionScope,
  ref: string,
): Promise<Subscription> {
  const row = await asTenant(ctx.database.api, tenantOfScope(scope), (tx) =>
    requireSubscription(tx, ctx.config.keyring, scope, ref),
  )
  return presentSubscription(row)
}

export interface SubscriptionQuery {
  limit: number
  cursor?: string | undefined
  status?: Subscription['status'] | undefined
  q?: string | undefined
  eventType?: string | undefined
}

/** Rows that one request looks at, where patterns of event types decide. */
const scanMax = 1000

/** Newest first. By event type a page can be short although more follows. */
export async function listSubscriptions(
  ctx: Context,
  scope: SubscriptionScope,
  query: SubscriptionQuery,
): Promise<Page<Subscription>> {
  const { limit, q, eventType } = query
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const max = eventType === undefined ? limit + 1 : scanMax
  const { keyring } = ctx.config
  const present = (row: SubscriptionRow) => presentSubscription(openRow(keyring, row))
  const rows = await asTenant(
    ctx.database.api,
    tenantOfScope(scope),
    (tx) => tx<SubscriptionRow[]>`
    select *, ${healthOf(tx)} from subscriptions
    where ${whoseSubscription(tx, scope)} and deleted_at is null
      ${query.status ? tx`and status = ${query.status}` : tx``}
      ${q ? tx`and strpos(lower(concat_ws(' ', url, description, uid)), lower(${q})) > 0` : tx``}
      ${before ? tx`and id < ${before}` : tx``}
    order by id desc limit ${max}`,
  )
  if (eventType === undefined) return toPage(rows, limit, present)
  const asksFor = await askingFor(ctx, eventType)
  const page = toPage(rows.filter(asksFor), limit, present)
  const last = rows.length === max ? rows.at(-1) : undefined
  return { ...page, nextCursor: page.nextCursor ?? (last ? encodeCursor(last.id) : null) }
}

/** Of a type that the catalogue does not know, nobody knows what it is about: its name decides alone. */
async function askingFor(
  ctx: Context,
  eventType: string,
): Promise<(row: SubscriptionRow) => boolean> {
  const types = await listEventTypes(ctx)
  const entityType = types.find(({ name }) => name === eventType)?.entityType
  return (row) =>
    entityType === undefined
      ? compileTypeMatcher({ ...row, entityTypes: null })({ eventType, entityType: '' })
      : compileTypeMatcher(row)({ eventType, entityType })
}

/**
 * Who could hear of an event, newest first, each with why it does or does not: its organisation's subscriptions, for the
 * platform also its own.
 */
export async function explainMatches(
  ctx: Context,
  viewer: 'organisation' | 'platform',
  event: MatchableEvent,
  query: Pick<SubscriptionQuery, 'limit' | 'cursor'>,
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
  return toPage(rows, query.limit, (stored) => {
    const row = openRow(ctx.config.keyring, stored)
    return { ...presentSubscription(row), ...explainMatch(row, event) }
  })
}

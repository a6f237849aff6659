import { commonErrors } from '../kernel/errors.ts'
import type { CompiledSubscription } from '../subscriptions/index.ts'
import { replayErrors } from './errors.ts'
import type { ReplayInput } from './schemas.ts'
import { namedSubscription, type ReplayTask } from './task.ts'

export interface ReplayFacts {
  input: ReplayInput
  /** Whose deliveries: an organisation's id, or `platform` for all. */
  tenant: string
  /** Whether a platform credential asks, also in the name of an organisation. */
  byPlatform: boolean
  nowMs: number
  find(subscriptionId: string): Pick<CompiledSubscription, 'organisationId' | 'status'> | undefined
}

/** Decides what a replay is about. @throws what createReplay throws */
export function planReplay(facts: ReplayFacts): ReplayTask {
  const { input, tenant, nowMs, find } = facts
  const { deliveryIds = null, filter = {}, mode = 'failed' } = input
  if (deliveryIds && input.filter) throw bothGiven()
  if (!deliveryIds && !saysSomething(filter)) throw filterEmpty()
  if (mode === 'missing') requireOneSubscription(filter)
  for (const id of filter.subscriptionId ?? []) {
    const subscription = find(id)
    const owner = subscription?.organisationId ?? null
    const theirs = tenant !== 'platform' && owner !== null && owner !== tenant
    if (!subscription || theirs) throw notThere(id)
    if (mode === 'missing') requireHearing(facts, id, subscription)
  }
  const named = namedSubscription(filter)
  const owner = (named && find(named)?.organisationId) ?? null
  const organisationId = tenant === 'platform' ? owner : tenant
  if (organisationId === null && !named) throw organisationRequired()
  return {
    organisationId,
    mode,
    filter,
    deliveryIds: deliveryIds && [...new Set(deliveryIds.map((id) => id.toLowerCase()))],
    createdAtMs: nowMs,
  }
}

type Filter = NonNullable<ReplayInput['filter']>

/** What says which deliveries are meant; the others only narrow it down. */
const meaningful = [
  'subscriptionId',
  'eventId',
  'eventType',
  'entityType',
  'entityId',
  'replayId',
  'since',
  'until',
] as const satisfies (keyof Filter)[]

function saysSomething(filter: Filter): boolean {
  return meaningful.some((field) => filter[field] !== undefined)
}

/** What a delivery has only when it is there. */
const ofDeliveries = [
  'status',
  'statusCode',
  'outcome',
  'trigger',
  'minAttempts',
  'maxAttempts',
  'replayId',
] as const satisfies (keyof Filter)[]

function requireOneSubscription(filter: Filter): void {
  if (!namedSubscription(filter)) {
    throw replayErrors.replay_subscription_required({
      issues: [
        {
          field: 'filter.subscriptionId',
          message: 'must name one subscription in mode missing',
          fix: 'Name the subscription whose filters say which events it should have had.',
        },
      ],
    })
  }
  const useless = ofDeliveries.filter((field) => filter[field] !== undefined)
  if (useless.length > 0) {
    throw commonErrors.validation_failed({
      issues: useless.map((field) => ({
        field: `filter.${field}`,
        message: 'says nothing in mode missing: it is about deliveries that there are',
        fix: 'Leave it out.',
      })),
    })
  }
}

type Found = NonNullable<ReturnType<ReplayFacts['find']>>

function requireHearing({ byPlatform }: ReplayFacts, id: string, subscription: Found): void {
  // An organisation sees its deliveries to a subscription of the platform, and makes no new ones.
  if (!byPlatform && subscription.organisationId === null) throw notThere(id)
  if (subscription.status === 'disabled' || subscription.status === 'deleted') {
    throw replayErrors.replay_subscription_inactive({
      detail: `It is ${subscription.status}. Resume it first: POST /v1/subscriptions/${id}/resume.`,
    })
  }
}

function notThere(id: string) {
  return commonErrors.not_found({ detail: `There is no subscription ${id}.` })
}

function bothGiven() {
  return commonErrors.validation_failed({
    issues: [
      {
        field: 'filter',
        message: 'stands beside deliveryIds',
        fix: 'Send either a selection or a filter.',
      },
    ],
  })
}

function filterEmpty() {
  return replayErrors.replay_filter_empty({
    detail: 'Everything there is would be sent again.',
    issues: [
      {
        field: 'filter',
        message: 'names nothing',
        fix: 'Name at least a subscription, an event type, an entity or a time; or send deliveryIds.',
      },
    ],
  })
}

function organisationRequired() {
  return commonErrors.organisation_required({
    detail: 'A platform credential names an organisation or, in the filter, a subscription.',
    issues: [
      {
        field: 'organisationId',
        message: 'is required',
        fix: 'Send the UUID of the organisation.',
      },
    ],
  })
}

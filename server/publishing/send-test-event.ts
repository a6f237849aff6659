import { recordAudit } from '../audit/index.ts'
import { getEventType, listEventTypes } from '../catalogue/index.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/database.ts'
import { planDelivery } from '../deliveries/index.ts'
import type { CheckedEvent } from '../events/index.ts'
import { organisationOf } from '../http/organisation-of.ts'
import type { Caller } from '../kernel/caller.ts'
import { commonErrors } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import {
  getSubscription,
  type SubscriptionScope,
  subscriptionErrors,
} from '../subscriptions/index.ts'
import { insertEvents } from './insert-events.ts'
import type { DeliverySink } from './queued-delivery.ts'
import { toQueued } from './to-queued.ts'

export const testSource = 'posthorn-test'

export interface TestRequest {
  /** Whose example it is to be; needed for a platform subscription. */
  organisationId?: string | undefined
  /** @default the first type of the catalogue with an example that the subscription listens to */
  eventType?: string | undefined
}

/** Sends a catalogue example to one subscription and to no other, whatever its filters say. */
export async function sendTestEvent(
  ctx: Context,
  by: Caller,
  sink: DeliverySink | undefined,
  scope: SubscriptionScope,
  ref: string,
  request: TestRequest,
): Promise<{ eventId: string; deliveryId: string; organisationId: string }> {
  const subscription = await getSubscription(ctx, scope, ref)
  if (subscription.status !== 'active') {
    throw subscriptionErrors.subscription_not_active({
      detail: `Resume it first; it is ${subscription.status}.`,
    })
  }
  const organisationId = organisationOf(subscription, request.organisationId)
  const type = request.eventType
    ? await getEventType(ctx, request.eventType)
    : await firstFitting(ctx, subscription.entityTypes)
  const event: CheckedEvent = {
    id: newId(),
    entityType: type.entityType,
    entityId: newId(),
    eventType: type.name,
    organisationId,
    userId: null,
    correlationId: null,
    source: testSource,
    createdAt: new Date(ctx.clock.now()).toISOString(),
    createdAtGiven: true,
    data: type.example ?? {},
    dataJson: JSON.stringify(type.example ?? {}),
    storedJson: undefined,
    warnings: [],
  }
  const delivery = planDelivery({ event, subscription, trigger: 'test' })
  const [inserted] = await ctx.database.intake.transaction(async (tx) => {
    await recordAudit(tx, by, {
      action: 'subscription.tested',
      organisationId: subscription.organisationId,
      targetId: subscription.id,
      after: { eventType: type.name, eventId: event.id, deliveryId: delivery.id },
    })
    const db: Pick<Database, 'query'> = { query: async (build) => build(tx) }
    return insertEvents(db, [{ event, deliveries: [delivery] }], null)
  })
  if (inserted?.dataJson && sink?.owns(delivery.bucket)) {
    sink.take(toQueued({ ...event, dataJson: inserted.dataJson }, [delivery]))
  }
  return { eventId: event.id, deliveryId: delivery.id, organisationId }
}

async function firstFitting(ctx: Context, entityTypes: string[] | null) {
  const types = await listEventTypes(ctx)
  const fitting = types.find(
    (type) => type.example && (entityTypes?.includes(type.entityType) ?? true),
  )
  const type = fitting ?? types[0]
  if (type) return type
  throw commonErrors.not_found({
    detail: 'The catalogue is empty: PUT /v1/event-types/{name} adds a type.',
  })
}

import type { Context } from '../context.ts'
import { type Delivery, deliveryIdOfPair, readDeliveries } from '../deliveries/index.ts'
import { type Event, getEvent } from '../events/index.ts'
import type { Page } from '../kernel/page.ts'
import { explainMatches } from '../subscriptions/index.ts'
import type { EventMatch } from './schemas.ts'
import { testSource } from './send-test-event.ts'

/**
 * Every subscription that could have heard of an event, newest first: whether it would now and why, and the delivery
 * that there is. @throws not_found
 */
export async function listMatches(
  ctx: Context,
  viewer: { organisationId: string; platform: boolean },
  eventId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<EventMatch>> {
  const event = await getEvent(ctx, viewer.organisationId, eventId)
  // Numbers as the publisher compared them: getEvent keeps more digits than a filter looks at.
  const matchable = { ...event, data: () => JSON.parse(JSON.stringify(event.data)) as unknown }
  const { data, nextCursor } = await explainMatches(
    ctx,
    viewer.platform ? 'platform' : 'organisation',
    matchable,
    page,
  )
  const ids = data.map((subscription) => deliveryIdOfPair(event, subscription))
  const found = await readDeliveries(ctx, event.organisationId, ids)
  const deliveries = new Map(found.map((delivery) => [delivery.id, delivery]))
  return {
    nextCursor,
    data: data.map((subscription, index) => {
      const delivery = deliveries.get(ids[index] ?? '')
      return {
        subscriptionId: subscription.id,
        organisationId: subscription.organisationId,
        uid: subscription.uid,
        url: subscription.url,
        matched: subscription.matched,
        reasons: subscription.reasons,
        delivery: delivery ? { id: delivery.id, status: delivery.status } : null,
        note: noteOf({ event, subscription, delivery }),
      }
    }),
  }
}

export interface NoteFacts {
  event: Pick<Event, 'source' | 'publishedAt' | 'publishError'>
  subscription: { matched: boolean; status: string; createdAt: string; updatedAt: string }
  delivery: Pick<Delivery, 'status'> | undefined
}

/** What the settings of now do not say of what happened then. */
export function noteOf({ event, subscription, delivery }: NoteFacts): string | null {
  const { publishedAt } = event
  const isTest = event.source === testSource
  if (delivery) {
    if (!subscription.matched) {
      return isTest
        ? 'It was sent as a test, whatever the settings are.'
        : 'It was queued when the settings were others, or a replay asked for it.'
    }
    return subscription.status === 'paused' && delivery.status === 'pending'
      ? 'The subscription is paused: the delivery waits until it is resumed.'
      : null
  }
  if (!subscription.matched) return null
  if (isTest) return 'The event was a test for another subscription.'
  if (publishedAt === null) {
    return event.publishError === null
      ? 'The deliveries of this event have not been created yet.'
      : `The deliveries of this event could not be created: ${event.publishError}`
  }
  if (subscription.createdAt > publishedAt) {
    return 'The subscription is younger than the event; a replay of what is missing sends it.'
  }
  if (subscription.updatedAt > publishedAt) {
    return 'The subscription has been changed since the event was published; a replay of what is missing sends it.'
  }
  return 'Its delivery is no longer retained.'
}

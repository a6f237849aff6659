import { z } from 'zod/mini'
import { lenient } from '../filter/lenient.ts'

export const subscriptionsSearch = z.object({
  q: z.optional(z.string()),
  status: lenient(z.enum(['active', 'paused', 'disabled'])),
  eventType: z.optional(z.string()),
})

/** What the form begins with: an event type of the catalogue, or a subscription to copy. */
export const newSubscriptionSearch = z.object({
  eventType: z.optional(z.string()),
  copyOf: lenient(z.guid()),
})

/** Of the overview of one: how far its charts go back. */
export const subscriptionOverviewSearch = z.object({ last: lenient(z.enum(['24h', '7d'])) })

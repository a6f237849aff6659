import { z } from 'zod'
import type { EventDefinitions } from '../event-definitions.ts'
import { count, idOf, text } from './fields.ts'

export const deliveryEvents = {
  DeliveryExhausted: {
    entity: 'Delivery',
    description: 'Posthorn gave a delivery up: it failed, and no attempt follows by itself.',
    data: z.looseObject({
      eventId: idOf('the event that was not delivered'),
      eventType: text('Type of that event'),
      entityType: text('What that event is about'),
      entityId: idOf('what that event is about'),
      subscriptionId: idOf('the subscription that it was for'),
      platform: z.boolean().describe('Whether that subscription is one of the platform'),
      attempts: count('HTTP requests made'),
      lastStatusCode: z.int().nullable().describe('Status of the last answer, if there was one'),
      lastOutcome: z.string().nullable().describe('How the last attempt ended, in one word'),
      lastError: z.string().nullable().describe('How the last attempt ended, in a sentence'),
    }),
    example: {
      eventId: '019a9d2e-5c00-7000-8000-000000000001',
      eventType: 'IssueStatusChanged',
      entityType: 'Issue',
      entityId: '019a8f3e-6c1d-7b52-9e04-3d5a7f1c2b60',
      subscriptionId: '019a8f47-9d10-7e6f-b3c8-52f7a90e4d13',
      platform: false,
      attempts: 10,
      lastStatusCode: null,
      lastOutcome: 'timeout',
      lastError: 'no answer within 20 s',
    },
  },
} as const satisfies EventDefinitions

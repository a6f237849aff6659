import { z } from 'zod'
import type { EventDefinitions } from '../event-definitions.ts'
import { text, time, word } from './fields.ts'

export const subscriptionEvents = {
  SubscriptionDisabled: {
    entity: 'Subscription',
    description: 'Posthorn disabled a subscription, because its receiver failed or asked for it.',
    data: z.looseObject({
      url: text('Where it POSTed to'),
      uid: z.string().nullable().describe("The caller's own name of the subscription"),
      description: z.string().nullable().describe('What the subscription says it is for'),
      reason: word('Why, in one word', ['gone', 'failing']),
      disabledReason: text('Why, in a sentence'),
      failingSince: time('Since when nothing has succeeded').nullable(),
      lastStatusCode: z.int().nullable().describe('Status of the last answer, if there was one'),
      lastOutcome: z.string().nullable().describe('How the last attempt ended, in one word'),
      lastError: z.string().nullable().describe('How the last attempt ended, in a sentence'),
    }),
    example: {
      url: 'https://example.com/webhooks',
      uid: 'crm-sync',
      description: 'Keeps the CRM up to date',
      reason: 'failing',
      disabledReason: 'Every attempt since 2026-03-04T09:12:44.000Z failed.',
      failingSince: '2026-03-04T09:12:44.000Z',
      lastStatusCode: 503,
      lastOutcome: 'http_status',
      lastError: 'answered 503',
    },
  },
} as const satisfies EventDefinitions

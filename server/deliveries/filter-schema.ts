import { z } from '@hono/zod-openapi'
import { listOf } from '../http/list-of.ts'
import { timeSchema } from '../http/responses.ts'
import { eventTypePatternSchema } from '../subscriptions/index.ts'
import type { OutcomeCode } from './outcome.ts'

export const deliveryStatusSchema = z.enum(['pending', 'succeeded', 'failed', 'cancelled'])

export const deliveryTriggerSchema = z.enum(['event', 'test', 'replay'])

/** All there are: a new one that is missing here does not compile. */
const outcomes: Record<OutcomeCode, true> = {
  succeeded: true,
  redirect: true,
  gone: true,
  http_status: true,
  timeout: true,
  blocked_address: true,
  dns: true,
  connect: true,
  tls: true,
  reset: true,
  response_invalid: true,
  request_invalid: true,
  unprocessable: true,
  subscription_unusable: true,
  event_dropped: true,
  rejected: true,
  released: true,
  lease_expired: true,
}

const outcomeSchema = z.enum(Object.keys(outcomes) as OutcomeCode[])

const statusCodeSchema = z
  .string()
  .regex(/^[1-5](\d\d|xx)$/, 'is not an HTTP status: use 503 or a class such as 5xx')
  .meta({ example: '5xx' })

/**
 * Which deliveries are meant: the same for list, count, facets, histogram, failure groups, export, replay and stream. A field that
 * is left out does not narrow; of several values one must hold, of several fields all.
 */
export const deliveryFilter = {
  status: listOf(deliveryStatusSchema, 'In one of these states'),
  subscriptionId: listOf(z.guid().toLowerCase(), 'To one of these subscriptions'),
  eventId: z.guid().toLowerCase().optional().meta({ description: 'Of this event' }),
  eventType: listOf(
    eventTypePatternSchema,
    'Of one of these event types; `*` stands for any run of characters',
  ),
  entityType: listOf(z.string().min(1).max(128), 'About one of these entity types'),
  entityId: z.guid().toLowerCase().optional().meta({ description: 'About this entity' }),
  statusCode: listOf(
    statusCodeSchema,
    'Last answered with one of these HTTP statuses, or of one of these classes (`5xx`)',
  ),
  outcome: listOf(outcomeSchema, 'Whose last attempt ended in one of these ways'),
  trigger: listOf(deliveryTriggerSchema, 'Last tried because of one of these'),
  minAttempts: z.coerce
    .number()
    .int()
    .min(0)
    .max(32_767)
    .optional()
    .meta({ description: 'Tried at least this often' }),
  maxAttempts: z.coerce
    .number()
    .int()
    .min(0)
    .max(32_767)
    .optional()
    .meta({ description: 'Tried at most this often; 0: never' }),
  replayId: z.guid().toLowerCase().optional().meta({ description: 'Asked for by this replay' }),
  since: timeSchema.optional().meta({ description: 'Created at or after this time' }),
  until: timeSchema.optional().meta({ description: 'Created before this time' }),
}

export const deliveryFilterSchema = z
  .strictObject({
    organisationId: z.guid().toLowerCase().optional().meta({ description: 'Of this organisation' }),
    ...deliveryFilter,
  })
  .meta({ id: 'DeliveryFilter' })

/** A filter without the fields that are not set: what a query or a body was parsed to. */
export type DeliveryFilter = z.infer<typeof deliveryFilterSchema>

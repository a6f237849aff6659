import { z } from '@hono/zod-openapi'
import { pageOf, searchedUntilSchema } from '../http/responses.ts'
import { deliveryStatusSchema, deliveryTriggerSchema } from './filter-schema.ts'

export { deliveryFilter } from './filter-schema.ts'
export { deliveryStatusSchema }

export const deliverySchema = z
  .object({
    id: z.uuid(),
    organisationId: z.guid(),
    eventId: z.uuid(),
    subscriptionId: z.uuid(),
    status: deliveryStatusSchema.meta({
      description: '`pending` until it succeeded or was given up',
    }),
    attempts: z.int().meta({ description: 'Attempts made so far' }),
    trigger: deliveryTriggerSchema.meta({ description: 'What made it be tried last' }),
    eventType: z.string(),
    entityType: z.string(),
    entityId: z.guid(),
    lastStatusCode: z.int().nullable(),
    lastError: z.string().nullable(),
    lastOutcome: z.string().nullable().meta({
      description: 'How the last attempt ended: `succeeded`, or why not',
      example: 'http_status',
    }),
    lastDurationMs: z
      .int()
      .nullable()
      .meta({ description: 'Of the last attempt; null while it is pending' }),
    replayId: z.uuid().nullable().meta({ description: 'The replay that asked for it, if one did' }),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    nextAttemptAt: z.iso.datetime().nullable().meta({ description: 'While it is pending' }),
  })
  .meta({ id: 'Delivery' })

export const plannedAttemptSchema = z
  .object({ number: z.int(), at: z.iso.datetime() })
  .meta({ id: 'PlannedAttempt' })

export const deliveryDetailSchema = deliverySchema
  .extend({
    plannedAttempts: z.array(plannedAttemptSchema).meta({
      description:
        'The attempts still to come if each one fails, give or take 20 %; none when it is finished',
    }),
    requestBody: z.string().nullable().meta({
      description: 'The exact body of every attempt; null when its event is no longer retained',
    }),
  })
  .meta({ id: 'DeliveryDetail' })

export const attemptSchema = z
  .object({
    number: z.int(),
    trigger: deliveryTriggerSchema,
    startedAt: z.iso.datetime(),
    durationMs: z.int(),
    connectMs: z.int().nullable().meta({ description: 'Null when a connection was reused' }),
    firstByteMs: z.int().nullable(),
    outcome: z.string().meta({ description: '`succeeded`, or why not', example: 'http_status' }),
    error: z.string().nullable(),
    request: z
      .object({ url: z.string(), headers: z.record(z.string(), z.string()) })
      .nullable()
      .meta({
        description: 'Null where none was made: the delivery was pulled, or could not be sent',
      }),
    response: z
      .object({
        statusCode: z.int(),
        headers: z.record(z.string(), z.string()),
        body: z.string(),
        bodyEncoding: z.enum(['utf8', 'base64']),
        truncated: z.boolean().meta({ description: 'Whether there was more than is kept' }),
      })
      .nullable(),
  })
  .meta({ id: 'Attempt' })

export const deliveryPageSchema = pageOf('DeliveryPage', deliverySchema)
  .extend({ searchedUntil: searchedUntilSchema })
  .meta({ id: 'DeliveryPage' })

export const deliveryCountSchema = z
  .object({
    count: z.int().meta({ description: 'At most 10,000' }),
    complete: z.boolean().meta({ description: 'Whether there are no more than that' }),
    searchedUntil: searchedUntilSchema,
  })
  .meta({ id: 'DeliveryCount' })

function facetOf<Value extends z.ZodType>(value: Value) {
  return z
    .array(z.object({ value, count: z.int() }))
    .meta({ description: 'Most frequent first; the 100 most frequent' })
}

export const deliveryFacetsSchema = z
  .object({
    count: z.int().meta({ description: 'Deliveries looked at: the newest 3,000 at most' }),
    complete: z.boolean().meta({ description: 'Whether those are all that match' }),
    searchedUntil: searchedUntilSchema,
    status: facetOf(deliveryStatusSchema),
    eventType: facetOf(z.string()),
    subscriptionId: facetOf(z.uuid()),
    statusCode: facetOf(z.int()),
    outcome: facetOf(z.string()),
  })
  .meta({ id: 'DeliveryFacets' })

export const deliveryHistogramSchema = z
  .object({
    count: z.int().meta({ description: 'Deliveries looked at: the newest 10,000 at most' }),
    complete: z.boolean().meta({ description: 'Whether those are all that match' }),
    searchedUntil: searchedUntilSchema,
    since: z.iso.datetime().meta({
      description:
        'Begin of the first interval: `since` of the filter, or where the looking stopped, or the oldest that matches',
    }),
    intervalMs: z.int().meta({ description: 'Length of each interval, milliseconds' }),
    data: z
      .array(
        z.object({
          at: z.iso.datetime().meta({ description: 'Begin of the interval' }),
          pending: z.int(),
          succeeded: z.int(),
          failed: z.int(),
          cancelled: z.int(),
        }),
      )
      .meta({ description: 'One per interval up to `until`, or now: 60 at most' }),
  })
  .meta({ id: 'DeliveryHistogram' })

export const failureGroupSchema = z
  .object({
    id: z.string().meta({ description: 'Stays the same while deliveries come and go' }),
    subscriptionId: z.uuid(),
    outcome: z.string().nullable(),
    statusCode: z.int().nullable(),
    error: z
      .string()
      .nullable()
      .meta({ description: 'Of the newest; those that differ in numbers and names are one group' }),
    count: z.int(),
    failed: z.int().meta({ description: 'Of these, given up' }),
    pending: z.int().meta({ description: 'Of these, to be tried again' }),
    oldestAt: z.iso.datetime().meta({ description: 'When the oldest of these was created' }),
    newestAt: z.iso.datetime().meta({ description: 'When the newest of these was created' }),
    deliveryId: z.uuid().meta({ description: 'The newest, as an example' }),
    eventTypes: z.array(z.string()),
  })
  .meta({ id: 'FailureGroup' })

export const failureGroupsSchema = z
  .object({
    data: z.array(failureGroupSchema),
    count: z.int().meta({ description: 'Deliveries looked at: the newest 3,000 at most' }),
    complete: z.boolean().meta({ description: 'Whether those are all that match' }),
    searchedUntil: searchedUntilSchema,
  })
  .meta({ id: 'FailureGroups' })

export type Delivery = z.infer<typeof deliverySchema>
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>
export type PlannedAttempt = z.infer<typeof plannedAttemptSchema>
export type Attempt = z.infer<typeof attemptSchema>
export type DeliveryCount = z.infer<typeof deliveryCountSchema>
export type DeliveryFacets = z.infer<typeof deliveryFacetsSchema>
export type DeliveryHistogram = z.infer<typeof deliveryHistogramSchema>
export type FailureGroup = z.infer<typeof failureGroupSchema>
export type FailureGroups = z.infer<typeof failureGroupsSchema>

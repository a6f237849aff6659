import { z } from '@hono/zod-openapi'

export const deliveryStatusSchema = z.enum(['pending', 'succeeded', 'failed', 'cancelled'])

export const deliverySchema = z
  .object({
    id: z.uuid(),
    organisationId: z.guid(),
    eventId: z.uuid(),
    subscriptionId: z.uuid(),
    status: deliveryStatusSchema.meta({
      description: '`pending` until it succeeded or was given up',
    }),
    attempts: z.int().meta({ description: 'HTTP requests made so far' }),
    trigger: z
      .enum(['event', 'test', 'replay'])
      .meta({ description: 'What made it be tried last' }),
    eventType: z.string(),
    entityType: z.string(),
    entityId: z.guid(),
    lastStatusCode: z.int().nullable(),
    lastError: z.string().nullable(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    nextAttemptAt: z.iso.datetime().nullable().meta({ description: 'While it is pending' }),
  })
  .meta({ id: 'Delivery' })

export const deliveryDetailSchema = deliverySchema
  .extend({
    requestBody: z.string().nullable().meta({
      description: 'The exact body of every attempt; null when its event is no longer retained',
    }),
  })
  .meta({ id: 'DeliveryDetail' })

export const attemptSchema = z
  .object({
    number: z.int(),
    trigger: z.enum(['event', 'test', 'replay']),
    startedAt: z.iso.datetime(),
    durationMs: z.int(),
    connectMs: z.int().nullable().meta({ description: 'Null when a connection was reused' }),
    firstByteMs: z.int().nullable(),
    outcome: z.string().meta({ description: '`succeeded`, or why not', example: 'http_status' }),
    error: z.string().nullable(),
    request: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
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

export const deliveryFilter = {
  status: deliveryStatusSchema.optional(),
  subscriptionId: z.uuid().optional(),
  eventId: z.uuid().optional(),
  eventType: z.string().max(128).optional(),
  entityType: z.string().max(128).optional(),
  entityId: z.guid().optional(),
  since: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'Created at or after this time' }),
  until: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'Created before this time' }),
}

const deliveryFilterSchema = z.object(deliveryFilter)

export type DeliveryFilter = z.infer<typeof deliveryFilterSchema>
export type Delivery = z.infer<typeof deliverySchema>
export type Attempt = z.infer<typeof attemptSchema>

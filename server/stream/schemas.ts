import { z } from '@hono/zod-openapi'
import { deliveryFilter, deliverySchema } from '../deliveries/schemas.ts'

/** An attempt does not know of the replay that asked for it. */
const { replayId: _, ...filterFields } = deliveryFilter

const { organisationId, eventId, subscriptionId, status, trigger } = deliverySchema.shape

export const streamedAttemptSchema = z
  .object({
    deliveryId: z.uuid(),
    organisationId,
    eventId,
    subscriptionId,
    eventType: z.string(),
    entityType: z.string(),
    entityId: z.guid(),
    number: z.int().meta({ description: 'The attempts of the delivery so far, this one included' }),
    trigger,
    outcome: z.string().meta({ description: '`succeeded`, or why not', example: 'http_status' }),
    statusCode: z.int().nullable(),
    error: z.string().nullable(),
    startedAt: z.iso.datetime(),
    durationMs: z.int(),
    status: status.meta({ description: 'Of the delivery, after this attempt' }),
    createdAt: z.iso.datetime().meta({ description: 'Of the delivery' }),
    finishedAt: z.iso.datetime().nullable(),
    nextAttemptAt: z.iso.datetime().nullable().meta({ description: 'While it is pending' }),
  })
  .meta({ id: 'StreamedAttempt' })

export const streamGapSchema = z
  .object({
    reason: z.enum(['lagged', 'interrupted']).meta({
      description:
        '`lagged`: you were away or too slow for longer than is kept. `interrupted`: attempts of other processes may be missing',
    }),
  })
  .meta({ id: 'StreamGap' })

export const streamReadySchema = z.object({}).meta({ id: 'StreamReady' })

export const streamQuery = z.strictObject({
  ...filterFields,
  lastEventId: z.string().max(64).optional().meta({
    description: 'As the header `Last-Event-ID`, which goes before it',
  }),
})

export const streamHeaders = z.object({
  'last-event-id': z.string().max(64).optional().meta({
    description: 'The id of the last event that was received: the stream goes on after it',
  }),
})

export type StreamedAttempt = z.infer<typeof streamedAttemptSchema>
export type StreamGap = z.infer<typeof streamGapSchema>

import { z } from '@hono/zod-openapi'
import { deliveryStatusSchema } from '../deliveries/schemas.ts'
import { acceptedEventSchema } from '../events/schemas.ts'
import { problemSchema } from '../http/responses.ts'

export const batchMax = 1000

/** Items are checked one by one, so that a bad one does not take the good ones with it. */
export const eventBatchSchema = z
  .strictObject({
    organisationId: z.guid().optional().meta({ description: 'For items that name none' }),
    events: z
      .array(z.unknown())
      .min(1)
      .max(batchMax)
      .openapi({
        type: 'array',
        minItems: 1,
        maxItems: batchMax,
        items: { $ref: '#/components/schemas/EventInput' },
      }),
  })
  .meta({ id: 'EventBatch' })

export const batchResultSchema = z
  .object({
    index: z.int(),
    status: z.enum(['accepted', 'duplicate', 'rejected']),
    event: acceptedEventSchema.optional(),
    problem: problemSchema.optional(),
  })
  .meta({ id: 'EventBatchResult' })

export const batchResponseSchema = z
  .object({ results: z.array(batchResultSchema).meta({ description: 'One per item, in order' }) })
  .meta({ id: 'EventBatchResponse' })

export const testRequestSchema = z
  .strictObject({
    organisationId: z.guid().optional().meta({ description: 'Needed for a platform subscription' }),
    eventType: z.string().max(128).optional().meta({ description: 'Whose example to send' }),
  })
  .meta({ id: 'TestRequest' })

export const testResponseSchema = z
  .object({ eventId: z.uuid(), deliveryId: z.uuid(), organisationId: z.guid() })
  .meta({ id: 'TestResponse' })

export const eventMatchSchema = z
  .object({
    subscriptionId: z.guid(),
    organisationId: z.guid().nullable().meta({ description: 'Null for one of the platform' }),
    uid: z.string().nullable(),
    url: z.string(),
    matched: z.boolean().meta({ description: 'Whether it would hear of the event now' }),
    reasons: z
      .array(
        z.object({
          criterion: z.enum([
            'status',
            'entityType',
            'eventType',
            'entityId',
            'operational',
            'filter',
          ]),
          passed: z.boolean(),
          expected: z.unknown().openapi({ description: 'What the subscription asks for' }),
          actual: z.unknown().openapi({ description: 'What the event has; null for nothing' }),
          path: z
            .union([z.string(), z.array(z.string())])
            .optional()
            .meta({ description: 'Where in `data`, of a condition of the filter' }),
          message: z.string(),
        }),
      )
      .meta({ description: 'One per thing that it asks for; of a filter, the conditions not met' }),
    delivery: z
      .object({ id: z.uuid(), status: deliveryStatusSchema })
      .nullable()
      .meta({ description: 'What was made of it' }),
    note: z.string().nullable().meta({
      description: 'Why there is a delivery although it does not match, or none although',
    }),
  })
  .meta({ id: 'EventMatch' })

export type EventMatch = z.infer<typeof eventMatchSchema>
export type BatchResult = z.infer<typeof batchResultSchema>

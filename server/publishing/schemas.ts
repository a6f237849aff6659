import { z } from '@hono/zod-openapi'
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

export type BatchResult = z.infer<typeof batchResultSchema>

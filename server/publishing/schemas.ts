import { z } from '@hono/zod-openapi'
import { deliveryStatusSchema } from '../deliveries/schemas.ts'
import { acceptedEventSchema } from '../events/schemas.ts'
import { problemSchema, searchedUntilSchema } from '../http/responses.ts'
import { subscriptionInputSchema, webhookUrlSchema } from '../subscriptions/schemas.ts'

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

export const previewRequestSchema = subscriptionInputSchema
  .pick({
    organisationId: true,
    entityTypes: true,
    eventTypes: true,
    entityIds: true,
    filter: true,
  })
  .extend({
    eventsOf: z.guid().toLowerCase().optional().meta({
      description: 'For a platform subscription: the organisation whose events are tried',
    }),
  })
  .refine(({ organisationId, eventsOf }) => eventsOf === undefined || organisationId === null, {
    path: ['eventsOf'],
    error: 'is for platform subscriptions only: leave it out',
  })
  .meta({ id: 'SubscriptionPreviewRequest' })

export const previewSchema = z
  .object({
    eventTypes: z
      .array(z.object({ name: z.string(), entityType: z.string(), deprecated: z.boolean() }))
      .meta({ description: 'Of the catalogue, what it would hear of, by name' }),
    events: z
      .object({
        since: z.iso.datetime().meta({ description: '24 hours ago' }),
        lookedAt: z.int().meta({ description: 'Events since then: the newest 1,000 at most' }),
        matched: z.int().meta({ description: 'Of these, how many it would have heard of' }),
        complete: z.boolean().meta({ description: 'Whether those are all since then' }),
        searchedUntil: searchedUntilSchema.meta({
          description: 'Down to when it looked, where those are not all since then',
        }),
        byType: z
          .array(z.object({ eventType: z.string(), lookedAt: z.int(), matched: z.int() }))
          .meta({ description: 'Most frequent match first; the first 100' }),
        samples: z
          .array(
            z.object({
              id: z.guid(),
              eventType: z.string(),
              entityType: z.string(),
              entityId: z.guid(),
              createdAt: z.iso.datetime(),
              matched: z.boolean(),
            }),
          )
          .meta({
            description:
              'Up to 5: the newest that match, then the newest of its event types that do not',
          }),
      })
      .nullable()
      .meta({ description: 'Null for a platform subscription without `eventsOf`' }),
  })
  .meta({ id: 'SubscriptionPreview' })

export const urlCheckRequestSchema = z
  .strictObject({ url: webhookUrlSchema })
  .meta({ id: 'UrlCheckRequest' })

export const urlCheckSchema = z
  .object({
    allowed: z.boolean().meta({ description: 'Whether deliveries may go there' }),
    addresses: z
      .array(z.string())
      .optional()
      .meta({ description: 'Where the host name leads, as far as that is public' }),
    reason: z.string().optional().meta({
      description: 'Why not, of the URL',
      example: 'has the scheme http, which is not allowed',
    }),
    fix: z.string().optional(),
  })
  .meta({ id: 'UrlCheck' })

export const eventMatchSchema = z
  .object({
    subscriptionId: z.guid(),
    organisationId: z.guid().nullable().meta({ description: 'Null for one of the platform' }),
    uid: z.string().nullable(),
    url: z.string().nullable().meta({ description: 'Null when its deliveries are fetched' }),
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
          expected: z
            .unknown()
            .openapi({ description: 'What the subscription asks for; null for nothing' }),
          actual: z.unknown().openapi({ description: 'What the event has; null for nothing' }),
          path: z
            .union([z.string(), z.array(z.string())])
            .optional()
            .meta({ description: 'Where in `data`, of a condition of the filter' }),
          message: z.string(),
        }),
      )
      .meta({
        description: 'One per thing that it may ask for; of a filter, the conditions that decided',
      }),
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
export type PreviewRequest = z.infer<typeof previewRequestSchema>
export type Preview = z.infer<typeof previewSchema>
export type BatchResult = z.infer<typeof batchResultSchema>

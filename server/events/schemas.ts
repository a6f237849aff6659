import { z } from '@hono/zod-openapi'
import { pageOf, searchedUntilSchema } from '../http/responses.ts'

export const sourceDefault = 'dashboard'

const typeName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,128}$/, 'is not a name: use up to 128 letters, digits, _ . -')

/** `data` stays the value that was parsed: copying it would lose nothing but time. */
const dataSchema = z
  .unknown()
  .refine(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .openapi({
    type: 'object',
    additionalProperties: true,
    description: 'The facts, as the catalogue describes them',
  })

export const eventInputSchema = z
  .strictObject({
    id: z.string().optional().meta({
      description: 'A UUIDv7 of your own: the same id with the same content is the same event',
      example: '019a9d2e-5c00-7000-8000-000000000001',
    }),
    entityType: typeName.meta({ example: 'Issue' }),
    entityId: z.guid().meta({ example: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11' }),
    eventType: typeName.meta({ example: 'IssueStatusChanged' }),
    data: dataSchema,
    organisationId: z
      .guid()
      .optional()
      .meta({ description: 'May be left out by an organisation-bound key' }),
    userId: z.guid().nullable().optional(),
    correlationId: z.guid().nullable().optional(),
    source: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .meta({ description: 'Who says so', default: sourceDefault }),
    createdAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: 'When it happened; now if left out' }),
  })
  .meta({ id: 'EventInput' })

export const acceptedEventSchema = z
  .object({
    id: z.guid(),
    organisationId: z.guid(),
    createdAt: z.iso.datetime(),
    duplicate: z.boolean().meta({ description: 'Whether the same event was there already' }),
    warnings: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({
        description:
          "Where `data` does not fit the type's schema, when the type asks for warnings only",
      }),
  })
  .meta({ id: 'AcceptedEvent' })

const eventDeliveriesSchema = z
  .object({
    total: z.int(),
    succeeded: z.int(),
    failed: z.int(),
    pending: z.int(),
    cancelled: z.int(),
  })
  .meta({ id: 'EventDeliveries' })

export const eventSchema = z
  .object({
    id: z.guid(),
    entityType: z.string(),
    entityId: z.guid(),
    eventType: z.string(),
    data: z.unknown().openapi({ description: 'As it was given' }),
    organisationId: z.guid(),
    userId: z.guid().nullable(),
    correlationId: z.guid().nullable(),
    source: z.string(),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When its deliveries were created' }),
    publishError: z.string().nullable(),
    deliveries: eventDeliveriesSchema
      .optional()
      .meta({ description: 'Only in a list that was asked to include them' }),
  })
  .meta({ id: 'Event' })

export const eventPageSchema = pageOf('EventPage', eventSchema)
  .extend({ searchedUntil: searchedUntilSchema })
  .meta({ id: 'EventPage' })

export const eventHistorySchema = z
  .object({
    data: z.array(eventSchema),
    nextCursor: z.string().meta({ description: 'Keep it, and come back with it: it never ends' }),
    caughtUp: z
      .boolean()
      .meta({ description: 'Whether that was all for now; otherwise more follows at once' }),
    until: z.iso.datetime().meta({
      description: 'Once caught up: everything that was published before this time has been read',
    }),
  })
  .meta({ id: 'EventHistory' })

export type EventDeliveries = z.infer<typeof eventDeliveriesSchema>
export type EventInput = z.infer<typeof eventInputSchema>
export type Event = z.infer<typeof eventSchema>

import { z } from '@hono/zod-openapi'

const typeName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,128}$/, 'is not a name: use up to 128 letters, digits, _ . -')

const jsonSchema = z
  .record(z.string(), z.unknown())
  .nullable()
  .meta({ description: 'JSON Schema (draft 2020-12) of `data`; null when it is not described' })

const validation = z.enum(['off', 'warn', 'strict']).meta({
  description:
    'What happens to data that does not fit: nothing, a warning in the answer, or a refusal',
})

export const eventTypeInputSchema = z
  .strictObject({
    entityType: typeName.meta({ example: 'Lease' }),
    description: z
      .string()
      .min(1)
      .max(2048)
      .meta({ example: 'A lease was signed by every party.' }),
    schema: jsonSchema.optional(),
    example: z.record(z.string(), z.unknown()).nullable().optional(),
    validation: validation.optional(),
  })
  .meta({ id: 'EventTypeInput' })

export const eventTypeSchema = z
  .object({
    name: z.string(),
    entityType: z.string(),
    description: z.string(),
    schema: jsonSchema,
    example: z.record(z.string(), z.unknown()).nullable(),
    version: z.int().meta({ description: 'Counts the changes of its schema' }),
    validation,
    deprecated: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'EventType' })

export const eventTypeName = typeName

export type EventTypeInput = z.infer<typeof eventTypeInputSchema>
export type EventType = z.infer<typeof eventTypeSchema>

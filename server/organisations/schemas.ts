import { z } from '@hono/zod-openapi'

export const organisationIdSchema = z.guid().meta({
  description: "The dashboard's own id",
  example: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
})

const nameSchema = z.string().min(1).max(200).meta({ example: 'Acme Property Management' })

export const organisationInputSchema = z
  .strictObject({ name: nameSchema })
  .meta({ id: 'OrganisationInput' })

export const organisationSchema = z
  .object({
    id: organisationIdSchema,
    name: nameSchema.nullable().meta({ description: 'null until somebody tells it' }),
    createdAt: z.iso.datetime().meta({ example: '2026-01-31T09:30:00.000Z' }),
  })
  .meta({ id: 'Organisation' })

export type Organisation = z.infer<typeof organisationSchema>

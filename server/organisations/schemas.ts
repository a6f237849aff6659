import { z } from '@hono/zod-openapi'
import { limitMax } from '../kernel/limit-config.ts'

export const organisationIdSchema = z.guid().meta({
  description: "The dashboard's own id",
  example: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
})

const nameSchema = z.string().min(1).max(200).meta({ example: 'Acme Property Management' })

const quota = z.int().min(0).max(limitMax).nullable()

const quotas = z.strictObject({
  eventsPerSecond: quota.meta({ description: 'Events by the API in a second, per process' }),
  eventsBurst: quota.meta({ description: 'Events beyond those, in any minute' }),
  subscriptions: quota.meta({ description: 'Subscriptions, without deleted ones' }),
  backlog: quota.meta({
    description: 'Waiting deliveries beyond which the API takes no event',
  }),
})

export const organisationInputSchema = z
  .strictObject({
    name: nameSchema,
    quotas: quotas
      .partial()
      .optional()
      .meta({
        description:
          'For platform credentials: null gives the default back, 0 does not limit, what is left out stays',
        example: { subscriptions: 50 },
      }),
  })
  .meta({ id: 'OrganisationInput' })

export const organisationSchema = z
  .object({
    id: organisationIdSchema,
    name: nameSchema.nullable().meta({ description: 'null until somebody tells it' }),
    quotas: quotas.meta({
      description: 'null for the default of the installation, 0 for no limit',
    }),
    createdAt: z.iso.datetime().meta({ example: '2026-01-31T09:30:00.000Z' }),
  })
  .meta({ id: 'Organisation' })

export type OrganisationInput = z.infer<typeof organisationInputSchema>
export type Organisation = z.infer<typeof organisationSchema>

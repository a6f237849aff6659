import { z } from '@hono/zod-openapi'
import { deliveryFilter } from '../deliveries/filter-schema.ts'

const modeSchema = z.enum(['failed', 'missing', 'all']).meta({
  description:
    '`failed`: what failed or was cancelled. `missing`: events that the subscription hears of and that never had a ' +
    'delivery for it, also from before it existed. `all`: everything, what succeeded is sent again',
})

export const replayStatusSchema = z
  .enum(['running', 'paused', 'completed', 'cancelled', 'failed'])
  .meta({
    description: '`completed` when all that was queued has been tried at least once',
  })

const count = (description: string) => z.int().min(0).meta({ description })

const skippedSchema = z
  .object({
    succeeded: count('They have succeeded already'),
    failed: count(
      'In mode `missing`: they had a delivery, and it failed. Mode `failed` sends them',
    ),
    pending: count('They wait in the queue or are under way'),
    paused: count(
      'Their subscription is paused. A replay that names the subscription waits for it; others pass them over',
    ),
    inactive: count('Their subscription is disabled or deleted'),
    beyondRetention: count('They, or their events, are no longer retained'),
  })
  .meta({ id: 'ReplaySkipped', description: 'Deliveries that match and are not sent, by reason' })

const filterSchema = z.strictObject(deliveryFilter).meta({
  id: 'ReplayFilter',
  description: 'As the query of `GET /v1/deliveries`; several values are an array',
})

const clampedSince = z.iso.datetime().nullable().meta({
  description: 'How far back it goes, when `since` lies before what is retained',
})

export const replayInputSchema = z
  .strictObject({
    organisationId: z
      .guid()
      .optional()
      .meta({
        description:
          'For platform credentials. May be left out when the filter names a subscription: one of the platform is then ' +
          'replayed for every organisation',
      }),
    deliveryIds: z
      .array(z.uuid())
      .min(1)
      .max(1000)
      .optional()
      .meta({ description: 'A selection, instead of a filter' }),
    filter: filterSchema.optional(),
    mode: modeSchema.optional().meta({ default: 'failed' }),
    ratePerSecond: z.int().min(1).max(10_000).nullable().optional().meta({
      description: 'At most so many are queued per second; null for as fast as it goes',
    }),
  })
  .meta({ id: 'ReplayInput' })

export const replayDryRunSchema = z
  .object({
    willSend: count('Deliveries that would be sent'),
    skipped: skippedSchema,
    complete: z.boolean().meta({
      description:
        'False when there are more than were counted: then every number is a lower bound',
    }),
    clampedSince,
  })
  .meta({ id: 'ReplayDryRun' })

export const replaySchema = z
  .object({
    id: z.uuid(),
    organisationId: z.guid().nullable().meta({ description: 'null for all organisations' }),
    mode: modeSchema,
    filter: filterSchema.nullable(),
    selected: z.int().nullable().meta({ description: 'How many were selected, without a filter' }),
    ratePerSecond: z.int().nullable(),
    status: replayStatusSchema,
    queued: count('Deliveries put into the queue so far'),
    skipped: skippedSchema,
    estimate: z
      .object({ willSend: z.int(), complete: z.boolean() })
      .nullable()
      .meta({ description: 'What a dry run at its creation said; a lower bound if not complete' }),
    clampedSince,
    error: z.string().nullable().meta({ description: 'Why it failed' }),
    createdBy: z
      .string()
      .nullable()
      .meta({ example: 'api_key:019a9d2e-5c00-7000-8000-000000000001' }),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Replay' })

export const replayDetailSchema = replaySchema
  .extend({
    pending: count('Of those queued: still waiting or under way'),
    succeeded: count('Of those queued'),
    failed: count('Of those queued: given up again'),
    complete: z.boolean().meta({
      description: 'False when more have ended than were counted: then these are lower bounds',
    }),
  })
  .meta({ id: 'ReplayDetail' })

export type ReplayInput = z.infer<typeof replayInputSchema>
export type ReplayFilter = z.infer<typeof filterSchema>
export type ReplayMode = z.infer<typeof modeSchema>
export type ReplayStatus = z.infer<typeof replayStatusSchema>
export type ReplaySkipped = z.infer<typeof skippedSchema>
export type ReplayDryRun = z.infer<typeof replayDryRunSchema>
export type Replay = z.infer<typeof replaySchema>
export type ReplayDetail = z.infer<typeof replayDetailSchema>

import { z } from '@hono/zod-openapi'

const deliveriesMax = 1000

export const pullRequestSchema = z
  .strictObject({
    limit: z
      .int()
      .min(1)
      .max(deliveriesMax)
      .default(100)
      .meta({ description: 'Deliveries at most; fewer where their events are large' }),
    leaseSeconds: z.int().min(1).max(43_200).default(60).meta({
      description:
        'How long they are kept from others. A delivery is leased for at least as many seconds as it has had attempts',
    }),
    waitSeconds: z
      .int()
      .min(0)
      .max(20)
      .default(0)
      .meta({ description: 'How long to wait where there is none' }),
  })
  .meta({ id: 'PullRequest' })

/** The body of a webhook. */
const pulledEventSchema = z
  .object({
    id: z.guid(),
    type: z.string(),
    timestamp: z.iso.datetime(),
    entityType: z.string(),
    entityId: z.guid(),
    organisationId: z.guid(),
    userId: z.guid().nullable(),
    correlationId: z.guid().nullable(),
    source: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'PulledEvent', description: 'What a webhook would carry, byte for byte' })

export const pulledDeliveriesSchema = z
  .object({
    data: z.array(
      z
        .object({
          id: z.guid().meta({ description: 'Of the delivery' }),
          attempt: z.int().meta({
            description:
              'Number of this attempt: acknowledge with it. A delivery is given out once under each',
          }),
          leasedUntil: z.iso.datetime().meta({ description: 'Then it is given out again' }),
          event: pulledEventSchema,
        })
        .meta({ id: 'PulledDelivery' }),
    ),
    status: z
      .enum(['active', 'paused', 'disabled'])
      .meta({ description: 'Of the subscription; nothing is given out unless it is active' }),
  })
  .meta({ id: 'PulledDeliveries' })

const leasedSchema = {
  id: z.guid().meta({ description: 'Of the delivery' }),
  attempt: z.int().min(1).max(32_767).meta({ description: 'As it was pulled' }),
}

export const acknowledgementSchema = z
  .strictObject({
    succeeded: z
      .array(z.strictObject(leasedSchema))
      .max(deliveriesMax)
      .default([])
      .meta({ description: 'Done: they are not given out again' }),
    failed: z
      .array(
        z.strictObject({
          ...leasedSchema,
          error: z.string().min(1).max(1024).optional().meta({ description: 'Why, for the log' }),
        }),
      )
      .max(deliveriesMax)
      .default([])
      .meta({
        description: 'Given out again by the retry schedule; after its last retry, `failed`',
      }),
    released: z
      .array(z.strictObject(leasedSchema))
      .max(deliveriesMax)
      .default([])
      .meta({ description: 'Untouched: given out again at once, and not counted as a failure' }),
  })
  .refine(
    ({ succeeded, failed, released }) =>
      succeeded.length + failed.length + released.length <= deliveriesMax,
    { error: `must name ${deliveriesMax} deliveries at most`, path: [] },
  )
  .refine(
    ({ succeeded, failed, released }) => {
      const ids = [...succeeded, ...failed, ...released].map(({ id }) => id.toLowerCase())
      return new Set(ids).size === ids.length
    },
    { error: 'must name each delivery once', path: [] },
  )
  .meta({ id: 'Acknowledgement' })

/** Why nothing was done about a delivery. */
export const refusals = {
  lease_lost: 'Its lease ended, and it was given out again or taken back.',
  not_leased: 'It is not leased under this attempt.',
  settled_otherwise: 'This attempt has ended already, in another way.',
  delivery_cancelled: 'Somebody cancelled the delivery meanwhile.',
  delivery_not_found: 'This subscription has no such delivery.',
} as const

export const acknowledgedSchema = z
  .object({
    data: z
      .array(
        z
          .object({
            id: z.guid(),
            attempt: z.int(),
            accepted: z
              .boolean()
              .meta({ description: 'Also when the same was said before: it can be repeated' }),
            code: z
              .enum(Object.keys(refusals) as (keyof typeof refusals)[])
              .nullable()
              .meta({ description: 'Why not; stable' }),
            detail: z.string().nullable(),
          })
          .meta({ id: 'AcknowledgedDelivery' }),
      )
      .meta({ description: 'One per delivery: first `succeeded`, then `failed`, then `released`' }),
  })
  .meta({ id: 'AcknowledgedDeliveries' })

export const pullStateSchema = z
  .object({
    waiting: z.int().meta({ description: 'Deliveries not finished, 10,000 at most' }),
    complete: z.boolean().meta({ description: 'Whether there are no more than that' }),
    leased: z.int().meta({ description: 'Of these, with a consumer' }),
    oldestDueAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Since when the first to be pulled has waited; null when none is due' }),
    lastPulledAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Up to ten seconds behind; null when it never was' }),
  })
  .meta({ id: 'PullState' })

export type PullRequest = z.infer<typeof pullRequestSchema>
export type Acknowledgement = z.infer<typeof acknowledgementSchema>
export type Refusal = keyof typeof refusals
export type AcknowledgedDelivery = z.infer<typeof acknowledgedSchema>['data'][number]
export type PullState = z.infer<typeof pullStateSchema>

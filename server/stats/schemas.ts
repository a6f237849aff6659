import { z } from '@hono/zod-openapi'
import { timeSchema } from '../http/responses.ts'

const time = timeSchema.optional()
const count = z.int()
const percentile = z.int().nullable().meta({
  description: 'Milliseconds, from classes of durations: within 25 % or so; null without attempts',
})

export const rangeQuery = {
  since: time.meta({ description: 'Begin; a day before `until` by default' }),
  until: time.meta({ description: 'End; now by default' }),
}

/** Separated by commas, as in the filter of deliveries. */
export const subscriptionIdsSchema = z
  .preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(z.guid()).min(1).max(100),
  )
  .optional()
  .openapi({
    description: 'These alone, such as those of a page of a list',
    param: { style: 'form', explode: false },
  })

export const intervalSchema = z.enum(['minute', 'hour', 'day'])

export const statsSchema = z
  .object({
    attempts: z
      .object({
        total: count,
        succeeded: count.meta({ description: 'Answered 200 to 299' }),
        redirect: count,
        clientError: count.meta({ description: 'Answered 400 to 499' }),
        serverError: count.meta({ description: 'Answered 500 to 599' }),
        timeout: count,
        network: count.meta({ description: 'No answer: DNS, connection, TLS, blocked address' }),
      })
      .meta({ description: 'HTTP requests that began in this time, by how they ended' }),
    succeeded: count.meta({ description: 'Deliveries whose last attempt began in this time' }),
    failed: count.meta({ description: 'Deliveries that were given up' }),
    successRate: z.number().nullable().meta({
      description: 'Share of the attempts that succeeded, 0 to 1; null without attempts',
    }),
    meanMs: z.int().nullable(),
    p50Ms: percentile,
    p95Ms: percentile,
    p99Ms: percentile,
  })
  .meta({ id: 'Stats' })

export const statsPointSchema = statsSchema
  .extend({ at: z.iso.datetime().meta({ description: 'Begin of the interval, UTC' }) })
  .meta({ id: 'StatsPoint' })

export const deliveryStatsSchema = z
  .object({
    interval: intervalSchema,
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    points: z
      .array(statsPointSchema)
      .meta({ description: 'One per interval, also where nothing happened' }),
    totals: statsSchema,
    previous: statsSchema.nullable().meta({
      description: 'Totals of the range of the same length before; null when it is no longer kept',
    }),
  })
  .meta({ id: 'DeliveryStats' })

const series = z.array(count).meta({ description: 'Attempts, one count per interval' })

const statsWithSparklineSchema = statsSchema
  .extend({ sparkline: z.object({ succeeded: series, failed: series }) })
  .meta({ id: 'StatsWithSparkline' })

/** A list of figures over one range. */
function breakdownOf<Key extends z.ZodRawShape>(key: Key) {
  return z.object({
    interval: intervalSchema,
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    data: z.array(statsWithSparklineSchema.extend(key)),
  })
}

export const subscriptionStatsSchema = breakdownOf({ subscriptionId: z.uuid() }).meta({
  id: 'SubscriptionStats',
})

export const eventTypeStatsSchema = breakdownOf({ eventType: z.string() }).meta({
  id: 'EventTypeStats',
})

export const organisationStatsSchema = breakdownOf({
  organisationId: z.guid(),
  name: z.string().nullable().meta({ description: 'null until somebody tells it' }),
}).meta({ id: 'OrganisationStats' })

export const queueStatsSchema = z
  .object({
    pending: count.meta({ description: 'Deliveries that are not finished, 10,000 at most' }),
    capped: z.boolean().meta({
      description:
        'There are more: the counts are of 10,000 of them, of an organisation the oldest',
    }),
    due: count.meta({ description: 'To be sent now' }),
    scheduled: count.meta({ description: 'To be tried again later' }),
    held: count.meta({
      description:
        'Waiting for a subscription that is paused, disabled or deleted, or until they are fetched',
    }),
    oldestDueSeconds: z.int().nullable().meta({
      description: 'How long the longest-waiting of those due has been; null when none is',
    }),
  })
  .meta({ id: 'QueueStats' })

const quotaSchema = z.object({
  limit: count.meta({ description: 'What holds for the organisation; 0 does not limit' }),
  own: z.boolean().meta({ description: 'Given to this organisation; otherwise the default' }),
})

const usedQuotaSchema = quotaSchema.extend({
  used: z.number().meta({ description: 'What there is of it now' }),
  capped: z.boolean().meta({ description: 'There is more: `used` is as far as was counted' }),
})

export const quotaStatsSchema = z
  .object({
    eventsPerSecond: usedQuotaSchema.meta({
      description:
        'In a second, over the last ten. `used` has the events that the host inserts itself, too, which are not limited',
    }),
    eventsBurst: quotaSchema.meta({ description: 'Events beyond those, in any minute' }),
    subscriptions: usedQuotaSchema.meta({ description: 'Without deleted ones' }),
    backlog: usedQuotaSchema.meta({
      description:
        'Waiting deliveries, counted up to 100,000; beyond the limit the API takes no event',
    }),
  })
  .meta({ id: 'QuotaStats' })

export type Stats = z.infer<typeof statsSchema>
export type DeliveryStats = z.infer<typeof deliveryStatsSchema>
export type StatsWithSparkline = z.infer<typeof statsWithSparklineSchema>
export type OrganisationStats = z.infer<typeof organisationStatsSchema>
export type EventTypeStats = z.infer<typeof eventTypeStatsSchema>
export type SubscriptionStats = z.infer<typeof subscriptionStatsSchema>
export type QueueStats = z.infer<typeof queueStatsSchema>
export type QuotaStats = z.infer<typeof quotaStatsSchema>

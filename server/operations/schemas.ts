import { z } from '@hono/zod-openapi'
import { queueStatsSchema } from '../stats/schemas.ts'

export const livenessSchema = z
  .object({ status: z.literal('ok'), version: z.string().meta({ example: '1.0.0' }) })
  .meta({ id: 'Liveness' })

const stateSchema = z.enum(['ok', 'degraded', 'failed']).meta({
  description: '`degraded` serves, but somebody should look; `failed` cannot serve',
})

export const readinessCheckSchema = z
  .object({
    name: z.string().meta({ example: 'partitions' }),
    status: stateSchema,
    detail: z.string().optional().meta({ description: 'What is missing, and what to do' }),
  })
  .meta({ id: 'ReadinessCheck' })

export const readinessSchema = z
  .object({ status: stateSchema, version: z.string(), checks: z.array(readinessCheckSchema) })
  .meta({ id: 'Readiness' })

const time = z.iso.datetime()
const bytes = z.int().meta({ description: 'With indexes' })
const rows = z.int().meta({ description: 'As Postgres estimates' })

const limit = z.int().meta({ description: '0 does not limit' })

const dispatcherSchema = z.object({
  id: z.uuid(),
  host: z.string(),
  pid: z.int(),
  startedAt: time,
  leaseUntil: time.meta({ description: 'Without a sign of life others take its work then' }),
  alive: z.boolean().meta({ description: 'Whether its lease has not run out' }),
  here: z.boolean().meta({ description: 'Whether it is of the process that answers' }),
  buckets: z.array(z.int()).meta({ description: 'Of the 64 buckets of work, those it owns' }),
})

const waitingSchema = z.object({
  subscriptionId: z.uuid(),
  organisationId: z.guid().nullable().meta({ description: "null for the platform's" }),
  url: z.string().nullable().meta({ description: 'null when the subscription is gone' }),
  waiting: z.int().meta({ description: 'Deliveries; see `estimated`' }),
})

const restingSchema = z.object({
  subscriptionId: z.uuid(),
  breaker: z.enum(['closed', 'open', 'probing']),
  restsUntil: time.nullable().meta({ description: 'null while it is being probed' }),
  underWay: z.int().meta({ description: 'Requests that wait for an answer' }),
})

const tableSchema = z.object({
  name: z.string().meta({ example: 'deliveries' }),
  bytes,
  rows,
  partitions: z
    .array(z.object({ name: z.string(), from: time, to: time, bytes, rows }))
    .meta({ description: 'Oldest first; empty for a table without' }),
  oldestDroppedAt: time
    .nullable()
    .meta({ description: 'When the oldest partition is past its retention; null without any' }),
})

export const systemSchema = z
  .object({
    process: z.object({
      version: z.string(),
      startedAt: time,
      pid: z.int(),
      role: z.enum(['all', 'api']).meta({ description: '`all` while it dispatches' }),
    }),
    dispatchers: z.array(dispatcherSchema),
    unownedBuckets: z
      .array(z.int())
      .meta({ description: 'Work that nobody does; empty but for moments' }),
    queue: queueStatsSchema,
    mostWaiting: z
      .object({
        estimated: z
          .boolean()
          .meta({ description: 'Whether the queue is so long that a part of it was looked at' }),
        data: z.array(waitingSchema).meta({ description: 'Ten at most, the most first' }),
      })
      .meta({ description: 'The subscriptions that most deliveries wait for' }),
    resting: z.array(restingSchema).meta({
      description:
        'Subscriptions that this process sends to and that rest, longest first, 100 at most; ' +
        'empty when it does not dispatch',
    }),
    storage: z.array(tableSchema).meta({ description: 'Largest first' }),
    database: z.object({
      version: z.string().meta({ example: '18.1' }),
      bytes: z.int(),
      connections: z.int(),
      connectionsMax: z.int(),
      embedded: z.boolean().meta({ description: 'Whether Posthorn started it' }),
    }),
    checks: z.array(readinessCheckSchema).meta({ description: 'As `/readyz` answers' }),
    settings: z.object({
      retentionDays: z.object({ events: z.int(), deliveries: z.int() }),
      roles: z
        .object({ api: z.boolean(), dispatcher: z.boolean() })
        .meta({ description: 'Whether the database roles are taken on' }),
      allowHttp: z.boolean(),
      allowedNetworks: z.array(z.string()).meta({ example: ['10.0.0.0/8'] }),
      allowedPorts: z.array(z.int()).meta({
        description: 'Of the public internet; any port in allowed networks',
        example: [443, 8443],
      }),
      encryption: z.object({
        keyId: z.string().nullable().meta({
          description:
            'Name of the key that secrets are encrypted with; null: they are stored as they are',
          example: 'k20261123-5f0c',
        }),
      }),
      rateLimits: z
        .object({
          readsPerMinute: limit,
          writesPerMinute: limit,
          eventsPerMinute: limit,
          failuresPerMinute: limit,
        })
        .meta({
          description:
            'Of one credential in one process; one of the platform has ten times as much',
        }),
      quotas: z
        .object({
          eventsPerSecond: limit,
          eventsBurst: limit,
          subscriptions: limit,
          backlog: limit,
        })
        .meta({ description: 'Of an organisation that was given none of its own' }),
      retryScheduleSeconds: z.array(z.int()),
      disableAfterMs: z.int(),
      concurrencyMax: z.int(),
    }),
  })
  .meta({ id: 'System' })

export type System = z.infer<typeof systemSchema>
export type ReadinessCheck = z.infer<typeof readinessCheckSchema>
export type Readiness = z.infer<typeof readinessSchema>

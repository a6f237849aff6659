import { z } from '@hono/zod-openapi'

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

export type ReadinessCheck = z.infer<typeof readinessCheckSchema>
export type Readiness = z.infer<typeof readinessSchema>

import { z } from '@hono/zod-openapi'
import { timeSchema } from '../http/responses.ts'
import { scopes } from '../kernel/actor.ts'

const id = z.uuid().meta({ example: '019a9d2e-5c00-7000-8000-000000000001' })
const organisationId = z.guid().nullable().meta({
  description: 'null for a key of the platform',
  example: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
})
const time = z.iso.datetime().meta({ example: '2026-01-31T09:30:00.000Z' })

export const scopeSchema = z
  .enum(scopes)
  .meta({ id: 'Scope', description: '`admin` stands for all of them' })

export const apiKeyInputSchema = z
  .strictObject({
    name: z.string().min(1).max(128).meta({ description: 'What it is for', example: 'n8n' }),
    scopes: z
      .array(scopeSchema)
      .min(1)
      .max(scopes.length)
      .meta({ example: ['events:write'] }),
    organisationId: organisationId.optional().meta({
      description:
        'Platform credentials name the organisation, or null for a key of the platform; others may leave it out',
    }),
    expiresAt: timeSchema
      .nullable()
      .optional()
      .meta({ description: 'null or nothing for never', example: '2027-01-31T00:00:00Z' }),
  })
  .meta({ id: 'ApiKeyInput' })

export const apiKeySchema = z
  .object({
    id,
    organisationId,
    name: z.string().meta({ example: 'n8n' }),
    prefix: z.string().meta({ description: 'How the key begins', example: 'ph_4fT9sKq2LmXb' }),
    scopes: z.array(scopeSchema).meta({ example: ['events:write'] }),
    createdAt: time,
    expiresAt: time.nullable(),
    revokedAt: time.nullable(),
    lastUsedAt: time.nullable().meta({ description: 'To within a minute' }),
    previousSecretExpiresAt: time.nullable().meta({
      description:
        'Until when the key as it was before the last rotation is good; null if there was none',
    }),
  })
  .meta({ id: 'ApiKey' })

export const rotationSchema = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(604_800)
      .default(86_400)
      .meta({ description: 'How long the key as it was stays good; 0 ends it at once' }),
  })
  .meta({ id: 'ApiKeyRotation' })

export const apiKeyWithSecretSchema = apiKeySchema
  .extend({
    apiKey: z.string().meta({ description: 'The key itself. Shown here once', example: 'ph_…' }),
  })
  .meta({ id: 'ApiKeyWithSecret' })

export const sessionSchema = z
  .object({
    kind: z.enum(['api_key', 'portal_token', 'jwt']),
    id: z.string().meta({
      description: 'Of the API key or the portal token; the subject of a JWT',
      example: '019a9d2e-5c00-7000-8000-000000000001',
    }),
    name: z.string().nullable().meta({
      description:
        "The API key's, the subject of a portal token, the claim name or else sub of a JWT",
      example: 'n8n',
    }),
    organisationId: organisationId.meta({ description: 'null for a credential of the platform' }),
    organisation: z
      .object({ id: z.guid(), name: z.string().nullable() })
      .nullable()
      .meta({ description: 'null for a credential of the platform' }),
    scopes: z.array(scopeSchema),
    expiresAt: time.nullable(),
    allowedOrigins: z.array(z.string()).nullable().meta({
      description:
        "Of a portal token: the origins whose pages may use it, besides the server's own",
    }),
    serverTime: time,
    version: z.string().meta({ description: 'Of Posthorn', example: '1.0.0' }),
    retentionDays: z
      .object({ events: z.int(), deliveries: z.int() })
      .meta({ description: 'How long things are kept' }),
  })
  .meta({ id: 'Session' })

export type Session = z.infer<typeof sessionSchema>
export type ApiKeyInput = z.infer<typeof apiKeyInputSchema>
export type ApiKey = z.infer<typeof apiKeySchema>
export type ApiKeyWithSecret = z.infer<typeof apiKeyWithSecretSchema>

import { z } from '@hono/zod-openapi'
import { scopes } from '../kernel/actor.ts'
import { isOrigin, originFix } from '../kernel/origin.ts'

const lifetimeMaxSeconds = 3600
const example = '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11'
const time = z.iso.datetime().meta({ example: '2026-01-31T09:30:00.000Z' })

/** A token lies in a browser: whatever happens to it, it makes no further credentials. */
const portalScopeSchema = z
  .enum(scopes)
  .exclude(['admin'])
  .meta({ id: 'PortalScope', description: 'Every scope but `admin`' })

const scopesDefault = [
  'subscriptions:read',
  'subscriptions:write',
  'deliveries:read',
  'deliveries:replay',
  'events:read',
] as const

const subject = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !/\p{Cc}/u.test(text), { error: 'must not have control characters' })
  .meta({ description: 'Whom it is for, in the words of the host', example: 'user_4711' })

const origin = z
  .string()
  .max(255)
  .refine(isOrigin, { error: 'must be an origin', params: { fix: originFix } })
  .meta({ example: 'https://app.example.com' })

export const portalTokenInputSchema = z
  .strictObject({
    organisationId: z.guid().optional().meta({
      description: 'Platform credentials name the organisation; others may leave it out',
      example,
    }),
    subject: subject.optional(),
    scopes: z
      .array(portalScopeSchema)
      .min(1)
      .max(scopes.length)
      .default([...scopesDefault]),
    expiresInSeconds: z.int().min(1).max(lifetimeMaxSeconds).default(lifetimeMaxSeconds),
    allowedOrigins: z.array(origin).max(20).default([]).meta({
      description: "Origins whose pages may use it, besides the server's own",
    }),
  })
  .meta({ id: 'PortalTokenInput' })

export const portalTokenSchema = z
  .object({
    id: z.uuid().meta({ example: '019a9d2e-5c00-7000-8000-000000000001' }),
    organisationId: z.guid().meta({ example }),
    subject: subject.nullable(),
    prefix: z.string().meta({ description: 'How it begins', example: 'pht_4fT9sKq2LmXb' }),
    scopes: z.array(portalScopeSchema),
    allowedOrigins: z.array(z.string()).meta({ example: ['https://app.example.com'] }),
    createdBy: z.string().meta({ description: 'The credential it was made with: its kind and id' }),
    createdAt: time,
    expiresAt: time,
    revokedAt: time.nullable(),
    lastUsedAt: time.nullable().meta({ description: 'To within a minute' }),
  })
  .meta({ id: 'PortalToken' })

export const portalTokenWithSecretSchema = portalTokenSchema
  .extend({
    token: z.string().meta({ description: 'The token itself. Shown here once', example: 'pht_…' }),
  })
  .meta({ id: 'PortalTokenWithSecret' })

export const portalTokenFilter = z.strictObject({
  expired: z.enum(['true', 'false']).default('false').meta({
    description: 'Whether to list expired ones too; they are kept for a week',
  }),
})

export const revokedSchema = z
  .object({ revoked: z.int().meta({ description: 'How many were valid', example: 2 }) })
  .meta({ id: 'RevokedPortalTokens' })

export const subjectQuery = z.strictObject({ subject })

export type PortalTokenInput = z.infer<typeof portalTokenInputSchema>
export type PortalToken = z.infer<typeof portalTokenSchema>
export type PortalTokenWithSecret = z.infer<typeof portalTokenWithSecretSchema>

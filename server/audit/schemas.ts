import { z } from '@hono/zod-openapi'
import { pageOf, searchedUntilSchema, timeSchema } from '../http/responses.ts'

/** What can be done, and before the dot to what kind of thing: every action that leaves an entry. */
const actionSchema = z
  .enum([
    'api_key.created',
    'api_key.revoked',
    'api_key.rotated',
    'portal_token.created',
    'portal_token.revoked',
    'organisation.updated',
    'event_type.created',
    'event_type.updated',
    'event_type.deprecated',
    'subscription.created',
    'subscription.updated',
    'subscription.revived',
    'subscription.deleted',
    'subscription.paused',
    'subscription.resumed',
    'subscription.disabled',
    'subscription.secret_rotated',
    'subscription.secret_read',
    'subscription.tested',
    'encryption.rotated',
    'delivery.replayed',
    'delivery.cancelled',
    'deliveries.exported',
    'replay.created',
    'replay.paused',
    'replay.resumed',
    'replay.cancelled',
    'import.started',
    'import.finished',
    'triggers.applied',
    'triggers.dropped',
  ])
  .meta({ id: 'AuditAction', description: 'The kind of thing, and what happened to it' })

const factsSchema = z.record(z.string(), z.unknown()).nullable()

export const auditEntrySchema = z
  .object({
    id: z.uuid(),
    organisationId: z.guid().nullable().meta({ description: "null for the platform's own" }),
    actorKind: z.enum(['api_key', 'portal_token', 'jwt', 'command_line', 'system']).meta({
      description:
        '`command_line`: the program `posthorn` on the database itself. `system`: Posthorn by itself',
    }),
    actorId: z.string().nullable().meta({
      description: 'Of the credential, or the user who ran the command; null for `system`',
    }),
    actorName: z.string().nullable().meta({
      description: 'What the credential was called at that time',
      example: 'n8n',
    }),
    action: actionSchema,
    targetKind: z.string().meta({ example: 'subscription' }),
    targetId: z.string().meta({ example: '019a9d2e-5c00-7000-8000-000000000001' }),
    before: factsSchema.meta({
      description: 'What changed, as it was; null when there was nothing. Secrets are masked',
    }),
    after: factsSchema.meta({
      description: 'What changed, as it is since; null when there is nothing. Secrets are masked',
    }),
    ipAddress: z.string().nullable().meta({ example: '203.0.113.7' }),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable().meta({ description: 'Names the request in the log' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'AuditEntry' })

export const auditPageSchema = pageOf('AuditPage', auditEntrySchema)
  .extend({ searchedUntil: searchedUntilSchema })
  .meta({ id: 'AuditPage' })

const time = timeSchema.meta({ example: '2026-01-31T09:30:00Z' })

export const auditFilter = {
  action: actionSchema.optional(),
  actorId: z.string().min(1).max(256).optional(),
  targetKind: z.string().min(1).max(64).optional(),
  targetId: z.string().min(1).max(256).optional(),
  since: time.optional(),
  until: time.optional().meta({ description: 'Not included' }),
}

export type AuditEntry = z.infer<typeof auditEntrySchema>
export type AuditAction = AuditEntry['action']

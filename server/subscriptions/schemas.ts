import { z } from '@hono/zod-openapi'
import { filterSchema } from './filter-schema.ts'
import { eventTypePatternSchema } from './match-event-type.ts'
import { isSecret } from './secret.ts'

const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,128}$/, 'is not a name: use letters, digits, _ . -')

export const uidSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{1,256}$/, 'is not a uid: use up to 256 letters, digits, _ . : -')
  .meta({
    description: "The caller's own name for it, unique in its organisation",
    example: 'crm-sync',
  })

const retrySchema = z
  .strictObject({
    scheduleSeconds: z
      .array(z.int().min(1).max(604_800))
      .max(30)
      .meta({
        description: 'Waits between attempts, in seconds; its length is the number of retries',
        example: [5, 60, 600],
      }),
  })
  .meta({ id: 'RetryPolicy' })

/** Where a webhook goes. */
export const webhookUrlSchema = z
  .string()
  .meta({ description: 'Where to POST', example: 'https://example.com/webhooks' })

const modeSchema = z.enum(['webhook', 'pull']).meta({
  description:
    '`webhook`: its deliveries are posted to `url`. `pull`: they wait until they are fetched. Never changes',
})

export const signingSchema = z.enum(['hmac', 'ed25519']).meta({
  description:
    '`hmac`: signed with a secret that the receiver has as well (`v1`). `ed25519`: with a private key that never leaves the ' +
    'server; the receiver has the public one (`v1a`). To change it makes a new key, and the one before signs, too, for 24 hours',
})

/** Zod leaves a key `__proto__` out without a word, and nothing that was sent may vanish. */
function textsByName(name: z.ZodString, text: z.ZodString) {
  return z.preprocess(
    (input, context) => {
      if (typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__'))
        context.addIssue({ code: 'custom', path: ['__proto__'], message: 'cannot be a name' })
      return input
    },
    z.record(name, text),
  )
}

/** What a caller may set. */
const settings = {
  url: webhookUrlSchema
    .nullable()
    .meta({ description: 'Where to POST; null with `mode: pull`, and only then' }),
  description: z.string().max(1024).nullable(),
  entityTypes: z
    .array(nameSchema)
    .min(1)
    .max(100)
    .nullable()
    .meta({
      description: 'Only events of these entity types; null for all',
      example: ['Issue'],
    }),
  eventTypes: z
    .array(eventTypePatternSchema)
    .min(1)
    .max(100)
    .nullable()
    .meta({
      description: 'Only these event types, `*` matches within a name; null for all',
      example: ['IssueCreated', 'Property*'],
    }),
  entityIds: z
    .array(z.guid())
    .min(1)
    .max(1000)
    .nullable()
    .meta({ description: 'Only these entities; null for all' }),
  filter: filterSchema.nullable().meta({ description: 'Conditions on `data`; null for none' }),
  headers: textsByName(z.string(), z.string()).meta({
    description:
      'Headers added to every request. Answers show those that may be credentials as `[secret]`; sent back in a change, it keeps the value',
    example: { authorization: 'Bearer token-of-the-receiver' },
  }),
  retry: retrySchema.nullable().meta({ description: "null for the server's schedule" }),
  timeoutMs: z
    .int()
    .min(1000)
    .max(60_000)
    .nullable()
    .meta({ description: 'Deadline of one attempt; null for 20000' }),
  rateLimit: z
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .meta({ description: 'Requests per second at most; null for none' }),
  signing: signingSchema,
  ordering: z
    .enum(['none', 'entity'])
    .meta({ description: '`entity`: one at a time per entity, in order' }),
  metadata: textsByName(z.string().max(64), z.string().max(1024)).meta({
    description: "The caller's own labels",
  }),
}

/** Settings that have a default; `url` has none. */
const optionalSettings = {
  description: settings.description.optional(),
  entityTypes: settings.entityTypes.optional(),
  eventTypes: settings.eventTypes.optional(),
  entityIds: settings.entityIds.optional(),
  filter: settings.filter.optional(),
  headers: settings.headers.optional(),
  retry: settings.retry.optional(),
  timeoutMs: settings.timeoutMs.optional(),
  rateLimit: settings.rateLimit.optional(),
  signing: signingSchema.optional(),
  ordering: settings.ordering.optional(),
  metadata: settings.metadata.optional(),
}

export const subscriptionInputSchema = z
  .strictObject({
    organisationId: z.guid().nullable().optional().meta({
      description:
        'For platform credentials: whose it is; null for a platform subscription that hears all',
    }),
    uid: uidSchema.optional(),
    mode: modeSchema.default('webhook'),
    url: settings.url.optional(),
    ...optionalSettings,
    secret: z
      .string()
      .refine(isSecret, 'is not a secret: whsec_ and base64 of 24 to 64 bytes')
      .optional()
      .meta({
        description: 'An existing secret to keep, of `hmac` only; otherwise one is made',
      }),
  })
  .meta({ id: 'SubscriptionInput' })

export const subscriptionPatchSchema = z
  .strictObject({
    url: settings.url.optional(),
    uid: uidSchema.nullable().optional(),
    ...optionalSettings,
  })
  .meta({ id: 'SubscriptionPatch' })

const healthSchema = z
  .object({
    failingSince: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Since when nothing has succeeded; null while it works' }),
    consecutiveFailures: z.int().meta({ description: 'Failed attempts since the last success' }),
    lastSuccessAt: z.iso.datetime().nullable(),
    lastFailureAt: z.iso.datetime().nullable(),
    lastOutcome: z
      .string()
      .nullable()
      .meta({ description: 'How the last attempt ended', example: 'http_status' }),
    lastError: z.string().nullable().meta({ description: 'The same in a sentence' }),
  })
  .meta({
    id: 'SubscriptionHealth',
    description: 'How it has fared; a few seconds behind. All null when nothing was sent yet',
  })

export const subscriptionSchema = z
  .object({
    id: z.guid(),
    organisationId: z.guid().nullable(),
    uid: z.string().nullable(),
    mode: modeSchema,
    ...settings,
    publicKey: z.string().nullable().meta({
      description: 'Verifies what `ed25519` signs; null for `hmac`',
      example: 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=',
    }),
    status: z.enum(['active', 'paused', 'disabled']),
    disabledReason: z.string().nullable(),
    problem: z.string().nullable().meta({
      description:
        'Why nothing can be sent with its settings, which somebody stored by hand; null as a rule',
    }),
    revision: z.int().meta({
      description: 'Grows with every change of its settings or status; also its `ETag`',
    }),
    health: healthSchema,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Subscription' })

export const subscriptionWithSecretSchema = subscriptionSchema
  .extend({
    secret: z
      .string()
      .nullable()
      .meta({ description: 'Shown here once; null for `ed25519`', example: 'whsec_…' }),
  })
  .meta({ id: 'SubscriptionWithSecret' })

/** Of the list, beside its page. */
export const subscriptionQuery = {
  status: z.enum(['active', 'paused', 'disabled']).optional(),
  q: z.string().min(1).max(256).optional().meta({
    description: 'Whose URL, description or uid contains this, in upper or lower case',
  }),
  eventType: nameSchema.optional().meta({
    description:
      'Which ask for this event type, whatever their state, entities and filter. Such a page can be short although ' +
      '`nextCursor` is not null',
  }),
}

/** What of a subscription a caller has seen. */
export const ifMatchHeaders = z.object({
  'if-match': z.string().max(256).optional().meta({
    description: 'The `ETag` that the change is meant for; with another one nothing is changed',
    example: '"17"',
  }),
})

export const etagHeaders = z.object({
  etag: z.string().meta({ description: 'Its revision, for `If-Match`', example: '"17"' }),
})

export type SubscriptionInput = z.infer<typeof subscriptionInputSchema>
export type SubscriptionPatch = z.infer<typeof subscriptionPatchSchema>
export type Subscription = z.infer<typeof subscriptionSchema>
export type SubscriptionWithSecret = z.infer<typeof subscriptionWithSecretSchema>
export type Signing = z.infer<typeof signingSchema>

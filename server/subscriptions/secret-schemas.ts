import { z } from '@hono/zod-openapi'
import { signingSchema } from './schemas.ts'
import { overlapSecondsDefault } from './secret.ts'

const previousSecretSchema = z
  .object({
    secret: z.string().nullable().meta({ description: 'Null if it was `ed25519`' }),
    publicKey: z.string().nullable().meta({ description: 'Null if it was `hmac`' }),
    expiresAt: z.iso.datetime().meta({ description: 'Until when it signs, too' }),
  })
  .meta({ id: 'PreviousSecret' })

export const secretSchema = z
  .object({
    secret: z.string(),
    previousSecrets: z
      .array(previousSecretSchema)
      .meta({ description: 'Those that sign as well, newest first' }),
  })
  .meta({ id: 'SubscriptionSecret' })

export const rotatedSecretSchema = secretSchema
  .extend({
    signing: signingSchema,
    secret: z.string().nullable().meta({ description: 'Null for `ed25519`' }),
    publicKey: z.string().nullable().meta({ description: 'Null for `hmac`' }),
  })
  .meta({ id: 'RotatedSecret' })

export const rotationSchema = z
  .strictObject({
    overlapSeconds: z.int().min(0).max(604_800).default(overlapSecondsDefault).meta({
      description:
        'How long the current one goes on signing; those before it keep their time. 0, for one that leaked: from now on only the new one signs',
    }),
  })
  .meta({ id: 'SecretRotation' })

const jwkSchema = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string().meta({ description: 'The key, base64url' }),
    kid: z.string().meta({ description: 'Its thumbprint, RFC 7638' }),
    use: z.literal('sig'),
    alg: z.literal('EdDSA'),
  })
  .meta({ id: 'Jwk', description: 'RFC 8037' })

export const jwksSchema = z.object({ keys: z.array(jwkSchema) }).meta({ id: 'Jwks' })

export const jwksQuery = z.strictObject({
  subscriptionId: z.guid().optional().meta({
    description: 'Whose keys; without it, those of the platform subscriptions, 100 at most',
  }),
})

export type SubscriptionSecret = z.infer<typeof secretSchema>
export type RotatedSecret = z.infer<typeof rotatedSecretSchema>

import type { Actor } from '../../server/kernel/actor.ts'

/** An admin key of the platform, but for what the test says. */
export function actorWith(fields: Partial<Actor> = {}): Actor {
  return {
    kind: 'api_key',
    id: 'k',
    name: null,
    organisationId: null,
    scopes: ['admin'],
    expiresAt: null,
    allowedOrigins: null,
    ...fields,
  }
}

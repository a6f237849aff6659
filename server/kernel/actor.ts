/** What a credential may do. `admin` stands for all of them. */
export const scopes = [
  'events:write',
  'events:read',
  'subscriptions:write',
  'subscriptions:read',
  'deliveries:read',
  'deliveries:replay',
  'admin',
] as const

export type Scope = (typeof scopes)[number]

/** Who is calling. */
export interface Actor {
  kind: 'api_key' | 'portal_token' | 'jwt'
  /** Of the key or the token; the subject of a JWT. */
  id: string
  /** For people to read: the key's name, or whom the token was given to. */
  name: string | null
  /** The organisation the credential is bound to; null for a platform credential. */
  organisationId: string | null
  scopes: readonly Scope[]
  expiresAt: Date | null
  /** The origins besides our own whose scripts may use the credential; null where that does not matter. */
  allowedOrigins: readonly string[] | null
}

/** Whoever runs `posthorn` on the database itself: has no credential, and the rights of the platform. */
export interface Operator extends Omit<Actor, 'kind'> {
  kind: 'command_line'
}

export function hasScope(actor: Pick<Actor, 'scopes'>, scope: Scope): boolean {
  return actor.scopes.includes(scope) || actor.scopes.includes('admin')
}

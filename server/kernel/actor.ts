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
  id: string
  /** What people call it: the key's name, the portal token's subject. */
  name: string | null
  /** The organisation the credential is bound to; null for a platform credential. */
  organisationId: string | null
  scopes: readonly Scope[]
}

export function hasScope(actor: Actor, scope: Scope): boolean {
  return actor.scopes.includes(scope) || actor.scopes.includes('admin')
}

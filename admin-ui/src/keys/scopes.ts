import type { PortalScope, Scope } from '@posthorn/sdk'

/** What a portal token may have: all but what makes further credentials. */
export const portalScopes: readonly PortalScope[] = [
  'subscriptions:read',
  'subscriptions:write',
  'deliveries:read',
  'deliveries:replay',
  'events:read',
  'events:write',
]

export const allScopes: readonly Scope[] = [...portalScopes, 'admin']

/** What the server gives a token that asks for nothing in particular. */
export const portalScopesDefault = portalScopes.filter((scope) => scope !== 'events:write')

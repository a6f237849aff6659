import type { JWTPayload } from 'jose'
import { type Actor, type Scope, scopes } from '../kernel/actor.ts'
import { isGuid } from '../kernel/ids.ts'
import type { JwtConfig } from '../kernel/jwt-config.ts'

type ClaimSettings = Pick<JwtConfig, 'organisationClaim' | 'scopesClaim' | 'platformClaim'>

/** Who a JWT that was verified stands for, or what its claims lack. */
export function actorOfClaims(payload: JWTPayload, settings: ClaimSettings): Actor | string {
  const { sub, exp, name } = payload
  if (!isText(sub)) return 'The claim sub of the JWT is not a text of 1 to 255 characters.'
  const expiresAt = new Date(Number(exp) * 1000)
  if (Number.isNaN(expiresAt.getTime())) return 'The claim exp of the JWT is beyond all calendars.'
  const organisationId = organisationOf(payload, settings)
  if (organisationId === undefined) {
    return `The claim ${settings.organisationClaim} of the JWT is not the UUID of an organisation.`
  }
  return {
    kind: 'jwt',
    id: sub,
    name: isText(name) ? name : sub,
    organisationId,
    scopes: scopesOf(payload[settings.scopesClaim]),
    expiresAt,
    allowedOrigins: null,
  }
}

/**
 * Null is the platform. That takes a claim which says so: a host that forgets to name the organisation must not open
 * all of them. With both claims the organisation counts, being less.
 */
function organisationOf(
  payload: JWTPayload,
  { organisationClaim, platformClaim }: ClaimSettings,
): string | null | undefined {
  const claim = payload[organisationClaim] ?? undefined
  if (claim !== undefined) {
    return typeof claim === 'string' && isGuid(claim) ? claim.toLowerCase() : undefined
  }
  if (platformClaim === undefined) return undefined
  const value = payload[platformClaim.name]
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.includes(platformClaim.value) ? null : undefined
}

/** Those of Posthorn among what the claim lists: a host's tokens may say more. */
function scopesOf(claim: unknown): Scope[] {
  const listed: unknown[] = typeof claim === 'string' ? claim.split(' ') : []
  const given = Array.isArray(claim) ? claim : listed
  return scopes.filter((scope) => given.includes(scope))
}

/** What can be kept in a column and shown in a line. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && /^\P{Cc}{1,255}$/u.test(value)
}

import type { Actor } from '../kernel/actor.ts'
import { commonErrors } from '../kernel/errors.ts'
import { httpErrors } from './errors.ts'

/** All that is asked of who calls: the organisation that binds them, or null. */
type Bound = Pick<Actor, 'organisationId'>

/**
 * The organisation that a request is about. A bound credential always means its own; another one is
 * not found, as if it did not exist. A platform credential must name one.
 *
 * @throws not_found, organisation_required
 */
export function organisationOf(actor: Bound, requested?: string | null): string {
  const organisationId = tenantOf(actor, requested)
  if (organisationId !== 'platform') return organisationId
  throw commonErrors.organisation_required({
    detail:
      'A platform credential names the organisation: ?organisationId=… in the URL, or organisationId in the body.',
    issues: [
      {
        field: 'organisationId',
        message: 'is required',
        fix: 'Send the UUID of the organisation.',
      },
    ],
  })
}

/** As `organisationOf`, for what a platform credential may see across all organisations: `platform` when it names none. */
export function tenantOf(actor: Bound, requested?: string | null): string | 'platform' {
  const named = requested?.toLowerCase()
  if (actor.organisationId === null) return named ?? 'platform'
  if (named !== undefined && named !== actor.organisationId.toLowerCase())
    throw commonErrors.not_found()
  return actor.organisationId
}

/** Whose a request on one thing is: a platform credential may name none and mean any. */
export function scopeOf(actor: Bound, organisationId: string | undefined): string | 'any' {
  if (actor.organisationId === null && organisationId === undefined) return 'any'
  return organisationOf(actor, organisationId)
}

/** Where something new goes: a platform credential says null for what is the platform's own. */
export function ownerOf(actor: Bound, organisationId: string | null | undefined): string | null {
  if (actor.organisationId === null && organisationId === null) return null
  return organisationOf(actor, organisationId)
}

/** @throws platform_credential_required */
export function requirePlatform(actor: Bound): void {
  if (actor.organisationId === null) return
  throw httpErrors.platform_credential_required({
    detail: 'This credential belongs to one organisation; use one of the platform.',
  })
}

import type { Claim } from '../kernel/caller.ts'
import { derivedIdAt } from '../kernel/ids.ts'

/**
 * The id of an event that was posted without one and with an `Idempotency-Key`: the same however often the request is
 * carried out, also when the process that did it first was killed before it could say so.
 */
export function claimedEventId(claim: Claim | undefined, index: number): string | undefined {
  return claim && derivedIdAt(claim.firstAtMs, `${claim.digest}/${index}`)
}

export type CredentialState = 'active' | 'expiring' | 'expired' | 'revoked'

interface Credential {
  expiresAt: string | null
  revokedAt: string | null
}

/** @param soonMs how long before its end it is told that it ends */
export function stateOf(
  { expiresAt, revokedAt }: Credential,
  nowMs: number,
  soonMs = 0,
): CredentialState {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt === null) return 'active'
  const leftMs = Date.parse(expiresAt) - nowMs
  if (leftMs <= 0) return 'expired'
  return leftMs <= soonMs ? 'expiring' : 'active'
}

/** Until when the key as it was before its last rotation is good, if it still is. */
export function previousUntil(
  {
    previousSecretExpiresAt: until,
    ...key
  }: Credential & { previousSecretExpiresAt: string | null },
  nowMs: number,
): string | undefined {
  if (until === null || Date.parse(until) <= nowMs) return undefined
  return ['revoked', 'expired'].includes(stateOf(key, nowMs)) ? undefined : until
}

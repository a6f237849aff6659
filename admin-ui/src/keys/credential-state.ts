export type CredentialState = 'active' | 'expired' | 'revoked'

interface Credential {
  expiresAt: string | null
  revokedAt: string | null
}

export function stateOf({ expiresAt, revokedAt }: Credential, nowMs: number): CredentialState {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= nowMs ? 'expired' : 'active'
}

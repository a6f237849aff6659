/** Names under which receivers expect credentials. */
const secretName = /auth|token|secret|pass|pwd|key|signature|cookie|credential|session|bearer|jwt/i

/** Stands for a value that is not shown. */
export const headerMask = '[secret]'

/** A subscription's own headers as people may see them: what may be a credential is masked. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secretName.test(name) ? headerMask : value,
    ]),
  )
}

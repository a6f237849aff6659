/** Names under which receivers expect credentials. */
const secretName = /authorization|token|secret|password|key|signature|cookie/i

/** The subscription's own headers for the log: what may be a credential is not written down. Null when there are none. */
export function maskHeaders(
  headers: Readonly<Record<string, string>>,
): Record<string, string> | null {
  const entries = Object.entries(headers)
  if (entries.length === 0) return null
  return Object.fromEntries(
    entries.map(([name, value]) => [name, secretName.test(name) ? '[secret]' : value]),
  )
}

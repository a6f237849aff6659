/** A key handed over as `#token=…`; taken out of the address bar, so that nobody copies it on. */
export function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (!token) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  return token
}

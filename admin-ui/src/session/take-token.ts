/** Takes `#token=…` out of the address, so that nobody copies it on; what else stands there stays. */
export function takeToken(): string | undefined {
  const values = new URLSearchParams(location.hash.slice(1))
  const token = values.get('token')
  if (!token) return undefined
  values.delete('token')
  const hash = values.size === 0 ? '' : `#${values}`
  history.replaceState(history.state, '', location.pathname + location.search + hash)
  return token
}

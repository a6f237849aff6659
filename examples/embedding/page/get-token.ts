/** The host's own backend knows who is signed in, and makes a portal token for them. */
export async function getToken(): Promise<string> {
  const response = await fetch('/portal-token', { method: 'POST' })
  if (!response.ok) throw new Error(`No token: ${response.status}`)
  const { token } = (await response.json()) as { token: string }
  return token
}

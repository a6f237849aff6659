'use client'

import { PosthornConsole } from '@posthorn/admin-ui/react'

/** Posthorn's console, with a token that the dashboard's server makes for whoever is signed in. */
export function EmbeddedConsole() {
  return (
    <div className="console">
      <PosthornConsole url="/api/posthorn" getToken={getToken} accent="#1f6f54" />
    </div>
  )
}

async function getToken(): Promise<string> {
  const response = await fetch('/api/portal-token', { method: 'POST' })
  if (!response.ok) throw new Error(`No token: ${response.status}`)
  const { token } = (await response.json()) as { token: string }
  return token
}

import type { PosthornClient, Scope, Session } from '@posthorn/sdk'
import { createContext, use } from 'react'

/** Who is signed in, and what they may do. */
export interface Access {
  session: Session
  /** Speaks for the organisation that is looked at. */
  client: PosthornClient
  /** Null when a platform credential looks at all of them. */
  organisationId: string | null
  /** Where the API is, ends with a slash: for snippets. */
  url: string
  signOut(): void
}

export const AccessContext = createContext<Access | undefined>(undefined)

export function useAccess(): Access {
  const access = use(AccessContext)
  if (!access) throw new Error('useAccess is for what stands inside the signed-in console')
  return access
}

/** Whether the credential may do this. The server decides; this only leaves out what it would refuse. */
export function useCan(): (scope: Scope) => boolean {
  const { scopes } = useAccess().session
  return (scope) => scopes.includes(scope) || scopes.includes('admin')
}

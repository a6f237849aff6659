import type { Session } from '@posthorn/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { type ClientOptions, createClient } from './create-client.ts'
import { AccessContext } from './session-context.ts'

interface SignedIn extends Pick<ClientOptions, 'url' | 'tokens' | 'onSlowdown'> {
  session: Session
}

export const SessionContext = createContext<SignedIn | undefined>(undefined)

/** What the pages get, for the organisation that the address names. */
export function AccessProvider({
  requested,
  children,
}: {
  requested: string | undefined
  children: ReactNode
}) {
  const signedIn = use(SessionContext)
  if (!signedIn) throw new Error('AccessProvider stands inside SessionGate')
  const queries = useQueryClient()
  const { session, url, tokens, onSlowdown } = signedIn
  const organisationId = session.organisationId ?? requested ?? null
  const access = useMemo(
    () => ({
      session,
      url,
      organisationId,
      client: createClient({
        url,
        tokens,
        onSlowdown,
        organisationId: organisationId ?? undefined,
      }),
      signOut: () => {
        tokens.forget()
        // Of what was seen nothing stays; the session is asked for again, which wants a token: the form shows.
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
        void queries.resetQueries({ queryKey: ['session'] })
      },
    }),
    [session, url, tokens, onSlowdown, organisationId, queries],
  )
  return <AccessContext value={access}>{children}</AccessContext>
}

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { followServerTime } from '../time/use-now.ts'
import { Centre } from '../ui/centre.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { createClient } from './create-client.ts'
import { notifySlowdown } from './notify-slowdown.tsx'
import type { Slowdown } from './patience.ts'
import { SessionContext } from './signed-in.tsx'
import type { TokenSource } from './token-source.ts'

interface Props {
  url: string
  tokens: TokenSource
  /** Shown while a token is wanted: over the page when there is one, so that nothing typed is lost. */
  signIn: ReactNode
  children: ReactNode
}

/** Lets the page in once the server has said who is here. */
export function SessionGate({ url, tokens, signIn, children }: Props) {
  const wanted = useSyncExternalStore(tokens.subscribe, tokens.isWanted)
  const t = useMessages().common
  const connection = useMemo(
    () => ({ url, tokens, onSlowdown: (slowdown: Slowdown) => notifySlowdown(slowdown, t) }),
    [url, tokens, t],
  )
  const client = useMemo(() => createClient(connection), [connection])
  const { data, error, refetch } = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      const session = await client.session()
      followServerTime(session.serverTime)
      return session
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  const signedIn = useMemo(() => data && { session: data, ...connection }, [data, connection])
  if (signedIn) {
    return (
      <SessionContext value={signedIn}>
        {children}
        {wanted && signIn}
      </SessionContext>
    )
  }
  if (wanted) return signIn
  if (error) {
    return (
      <Centre>
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Centre>
    )
  }
  return <LoadingPage />
}

import { useCallback, useEffect, useState } from 'react'
import { type Access, createClient } from './api.ts'
import { DeliveriesPage } from './deliveries/page.tsx'
import { Header } from './header.tsx'
import { PlatformConsole } from './platform-console.tsx'
import { type Problem, toProblem } from './problem.ts'
import { SignIn } from './sign-in.tsx'
import { takeToken } from './token.ts'
import { followServerTime } from './ui/use-now.ts'

export function App() {
  const [access, setAccess] = useState<Access>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)

  // The key stays in memory: it is in no storage and in no address.
  const signIn = useCallback(async (apiKey: string) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const client = createClient(apiKey)
      const session = await client.session()
      followServerTime(session.serverTime)
      setAccess({ client, session })
    } catch (error) {
      setProblem(toProblem(error))
    }
    setBusy(false)
  }, [])

  useEffect(() => {
    const signInByAddress = () => {
      const token = takeToken()
      if (token) void signIn(token)
    }
    signInByAddress()
    // A link with a token, pasted where the page is open already, loads nothing.
    addEventListener('hashchange', signInByAddress)
    return () => removeEventListener('hashchange', signInByAddress)
  }, [signIn])

  if (!access) {
    return <SignIn busy={busy} problem={problem} onSubmit={(apiKey) => void signIn(apiKey)} />
  }
  const signOut = () => setAccess(undefined)
  const { organisationId } = access.session
  if (organisationId === null) return <PlatformConsole access={access} onSignOut={signOut} />
  return (
    <>
      <Header onSignOut={signOut} />
      <DeliveriesPage access={access} organisationId={organisationId} />
    </>
  )
}

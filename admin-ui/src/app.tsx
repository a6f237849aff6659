import { useCallback, useEffect, useState } from 'react'
import { type Access, createClient } from './api.ts'
import { DeliveriesPage } from './deliveries/page.tsx'
import { Header } from './header.tsx'
import { OrganisationPicker } from './organisation-picker.tsx'
import { type Problem, toProblem } from './problem.ts'
import { SignIn } from './sign-in.tsx'
import { takeToken } from './token.ts'
import { followServerTime } from './ui/use-now.ts'

export function App() {
  const [access, setAccess] = useState<Access>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const [organisationId, setOrganisationId] = useState<string>()

  const signOut = () => {
    setAccess(undefined)
    setOrganisationId(undefined)
  }

  // The key stays in memory: it is in no storage and in no address.
  const signIn = useCallback(async (apiKey: string) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const client = createClient(apiKey)
      const session = await client.session()
      followServerTime(session.serverTime)
      setOrganisationId(session.organisationId ?? undefined)
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
  return (
    <>
      <Header onSignOut={signOut}>
        {access.session.organisationId === null && (
          <OrganisationPicker access={access} value={organisationId} onChange={setOrganisationId} />
        )}
      </Header>
      {organisationId && (
        <DeliveriesPage key={organisationId} access={access} organisationId={organisationId} />
      )}
    </>
  )
}

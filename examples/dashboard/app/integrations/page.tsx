import type { Metadata } from 'next'
import { getViewer } from '../../session/viewer.ts'
import { EmbeddedConsole } from './embedded-console.tsx'

export const metadata: Metadata = { title: 'Integrations' }

export default async function Page() {
  const { organisationId, organisationName } = await getViewer()
  return (
    <>
      <h1>Integrations</h1>
      <p className="lead">
        What {organisationName} sends to other systems: who hears of what, what arrived, and what to
        send again.
      </p>
      <EmbeddedConsole key={organisationId} />
    </>
  )
}

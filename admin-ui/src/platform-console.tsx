import type { OrganisationPage } from '@posthorn/sdk'
import { useCallback, useState } from 'react'
import type { Access } from './api.ts'
import { DeliveriesPage } from './deliveries/page.tsx'
import { Header } from './header.tsx'
import { messages } from './messages.ts'
import { NoOrganisation } from './no-organisation.tsx'
import { OrganisationSelect } from './organisation-select.tsx'
import { ProblemNotice } from './ui/problem-notice.tsx'
import { useLoaded } from './ui/use-loaded.ts'

/** What a platform key sees: one organisation after another. */
export function PlatformConsole({ access, onSignOut }: { access: Access; onSignOut: () => void }) {
  const { client } = access
  const load = useCallback(() => client.organisations.list({ limit: 250 }), [client])
  const { data, problem, reload } = useLoaded(load, nextLook)
  const [chosenId, setChosenId] = useState<string>()
  const firstId = data?.data[0]?.id
  // Pinned: a newer organisation must not take the place of the one that is looked at.
  if (!chosenId && firstId) setChosenId(firstId)
  const organisationId = chosenId ?? firstId

  return (
    <>
      <Header onSignOut={onSignOut}>
        {data && organisationId && (
          <OrganisationSelect
            organisations={data.data}
            value={organisationId}
            onChange={setChosenId}
          />
        )}
      </Header>
      {organisationId ? (
        <DeliveriesPage key={organisationId} access={access} organisationId={organisationId} />
      ) : (
        <main className="page">
          {problem && <ProblemNotice problem={problem} onRetry={reload} />}
          {!data && !problem && <p role="status">{messages.organisation.loading}</p>}
          {data && <NoOrganisation />}
        </main>
      )}
    </>
  )
}

/** The first one is waited for; later ones need not be seen at once. */
function nextLook(page: OrganisationPage | undefined): number {
  return page?.data.length === 0 ? 3000 : 60_000
}

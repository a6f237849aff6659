import { Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useAccess } from '../session/session-context.ts'

/** Only operators of the platform have it to load. */
const OrganisationSelect = lazy(async () => ({
  default: (await import('./organisation-select.tsx')).OrganisationSelect,
}))

/** For platform credentials: whose pages these are. Everybody else has one organisation. */
export function OrganisationSwitch() {
  const { session } = useAccess()
  return session.organisationId === null ? (
    <Suspense>
      <OrganisationSelect />
    </Suspense>
  ) : (
    <Text size="sm" c="dimmed" truncate>
      {session.organisation?.name ?? session.organisationId}
    </Text>
  )
}

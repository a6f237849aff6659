import { Text } from '@mantine/core'
import { useOrganisationNames } from '../filter/use-organisation-names.ts'
import { useMessages } from '../messages/use-messages.ts'

/** Whose credential it is: an organisation's, or the platform's. */
export function Owner({ organisationId }: { organisationId: string | null }) {
  const { platform } = useMessages().keys
  const nameOf = useOrganisationNames()
  return (
    <Text size="sm" truncate {...(organisationId === null && { fw: 550 })}>
      {organisationId === null ? platform : nameOf(organisationId)}
    </Text>
  )
}

import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { NamedOrganisation } from './use-organisations.ts'

/** Opens the overview of the organisation. */
export function OrganisationLink({ id, name }: NamedOrganisation) {
  return (
    <Anchor component={Link} to="/" search={{ organisationId: id }} size="sm" fw={550}>
      {name ?? id}
    </Anchor>
  )
}

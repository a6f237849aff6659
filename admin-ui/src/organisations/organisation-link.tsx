import { TextLink } from '../ui/links.tsx'
import type { NamedOrganisation } from './use-organisations.ts'

/** Opens the overview of the organisation. */
export function OrganisationLink({ id, name }: NamedOrganisation) {
  return (
    <TextLink to="/" search={{ organisationId: id }} size="sm" fw={550} truncate display="block">
      {name ?? id}
    </TextLink>
  )
}

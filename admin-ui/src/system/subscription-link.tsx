import { TextLink } from '../ui/links.tsx'

interface Props {
  id: string
  organisationId: string | null
  name: string
}

/** Opens the subscription among those of its organisation. */
export function SubscriptionLink({ id, organisationId, name }: Props) {
  return (
    <TextLink
      to="/subscriptions/$id"
      params={{ id }}
      search={organisationId === null ? {} : { organisationId }}
      size="sm"
      title={name}
    >
      {name}
    </TextLink>
  )
}

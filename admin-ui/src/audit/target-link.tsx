import { Text } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'

/** What it was done to; a link where there is a page of it. */
export function TargetLink({ targetKind, targetId, organisationId }: AuditEntry) {
  const t = useMessages().audit
  const kind = t.targetKinds[targetKind] ?? targetKind
  const search = organisationId === null ? {} : { organisationId }
  const name = targetKind === 'event_type' ? targetId : `${kind} ${targetId.slice(-8)}`
  const look = { size: 'sm', title: targetId } as const
  const id = { id: targetId }
  switch (targetKind) {
    case 'subscription':
      return (
        <TextLink to="/subscriptions/$id" params={id} search={search} {...look}>
          {name}
        </TextLink>
      )
    case 'delivery':
      return (
        <TextLink to="/deliveries/$id" params={id} search={search} {...look}>
          {name}
        </TextLink>
      )
    case 'replay':
      return (
        <TextLink to="/replays/$id" params={id} search={search} {...look}>
          {name}
        </TextLink>
      )
    case 'event_type':
      return (
        <TextLink to="/catalogue/$name" params={{ name: targetId }} {...look}>
          {name}
        </TextLink>
      )
    case 'api_key':
      return (
        <TextLink to="/keys" search={search} {...look}>
          {name}
        </TextLink>
      )
    case 'portal_token':
      return (
        <TextLink to="/keys" search={{ ...search, tab: 'portal', expired: 'true' }} {...look}>
          {name}
        </TextLink>
      )
    case 'organisation':
      return (
        <TextLink to="/" search={{ organisationId: targetId }} {...look}>
          {name}
        </TextLink>
      )
    default:
      return (
        <Text component="span" size="sm" truncate title={targetId}>
          {kind}
        </Text>
      )
  }
}

import { Text } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import { useTargetName } from './use-target-name.ts'

interface Props {
  entry: AuditEntry
  /** Its kind is written as within a sentence, not as in a list. */
  inSentence?: boolean
}

/** What it was done to; a link where there is a page of it. */
export function TargetLink({ entry, inSentence = false }: Props) {
  const t = useMessages().audit
  const { targetKind, targetId, organisationId } = entry
  const called = useTargetName()(entry)
  const kind = (inSentence ? t.targetsInSentence : t.targetKinds)[targetKind] ?? targetKind
  const name = targetKind === 'deliveries' ? kind : `${kind} ${called}`
  const search = organisationId === null ? {} : { organisationId }
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
          {inSentence ? name : targetId}
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
        <Text component="span" size="sm" truncate={!inSentence} title={targetId}>
          {name}
        </Text>
      )
  }
}

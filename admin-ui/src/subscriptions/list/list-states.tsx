import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { SearchX, Webhook } from 'lucide-react'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess, useCan } from '../../session/session-context.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Snippet } from '../../ui/snippet.tsx'
import { registerSnippet } from './register-snippet.ts'
import type { ListSearch } from './use-subscription-list.ts'

export function NoSubscriptions() {
  const t = useMessages().subscriptions
  const { url, organisationId } = useAccess()
  const mayWrite = useCan()('subscriptions:write')
  return (
    <EmptyState icon={<Webhook />} title={t.empty.title} text={t.empty.text}>
      {mayWrite && (
        <Button component={Link} to="/subscriptions/new">
          {t.create}
        </Button>
      )}
      <Snippet text={registerSnippet(url, organisationId)} label={t.empty.snippet} />
    </EmptyState>
  )
}

interface Props {
  search: ListSearch
  onSearch(search: ListSearch): void
}

/** Which filters leave nothing, to be removed one by one. */
export function NoMatch({ search, onSearch }: Props) {
  const t = useMessages()
  const { noMatch } = t.subscriptions
  const { q, status, eventType } = search
  const removals = [
    q && { label: noMatch.clearSearch(q), without: { ...search, q: undefined } },
    status && {
      label: noMatch.clearStatus(t.subscriptionStatuses[status]),
      without: { ...search, status: undefined },
    },
    eventType && {
      label: noMatch.clearEventType(eventType),
      without: { ...search, eventType: undefined },
    },
  ].filter((removal) => typeof removal === 'object')
  return (
    <EmptyState icon={<SearchX />} title={noMatch.title} text={noMatch.text}>
      <Group gap="xs" justify="center">
        {removals.map(({ label, without }) => (
          <Button key={label} variant="default" size="xs" onClick={() => onSearch(without)}>
            {label}
          </Button>
        ))}
        {removals.length > 1 && (
          <Button variant="light" size="xs" onClick={() => onSearch({})}>
            {noMatch.clearAll}
          </Button>
        )}
      </Group>
    </EmptyState>
  )
}

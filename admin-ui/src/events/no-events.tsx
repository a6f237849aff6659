import { Button, Group, Stack } from '@mantine/core'
import { Zap } from 'lucide-react'
import { lastRanges } from '../filter/time-range.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Snippet } from '../ui/snippet.tsx'
import type { EventsSearch } from './search.ts'

interface Props {
  search: EventsSearch
  onChange(search: EventsSearch): void
  onPost: (() => void) | undefined
}

/** Either the filter leaves nothing, or nothing has happened at all. */
export function NoEvents({ search, onChange, onPost }: Props) {
  const t = useMessages()
  const { url } = useAccess()
  const { last, since, until, ...fields } = search
  const narrowed = Object.values(fields).some((value) => value !== undefined)
  const fixed = Boolean(since || until)
  const current = last ?? '24h'
  // Without a filter the next question is whether there is anything at all.
  const wider =
    fixed || (!narrowed && current !== 'all') ? 'all' : lastRanges[lastRanges.indexOf(current) + 1]
  if (narrowed || wider) {
    return (
      <EmptyState
        icon={<Zap />}
        title={t.events.noMatch}
        text={t.events.noMatchText(fixed ? t.events.filter.fixed : t.ranges[current])}
      >
        <Group gap="xs" justify="center">
          {wider && (
            <Button onClick={() => onChange({ ...fields, last: wider })}>
              {t.events.widen(t.ranges[wider])}
            </Button>
          )}
          {narrowed && (
            <Button variant="default" onClick={() => onChange({ last, since, until })}>
              {t.events.filter.clear}
            </Button>
          )}
        </Group>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<Zap />} title={t.events.empty} text={t.events.emptyText}>
      <Stack gap="sm" maw="min(44rem, 100%)" ta="start">
        <Snippet label={t.events.snippetLabel} text={postSnippet(url)} />
        {onPost && (
          <Button onClick={onPost} style={{ alignSelf: 'center' }}>
            {t.events.post}
          </Button>
        )}
      </Stack>
    </EmptyState>
  )
}

function postSnippet(url: string): string {
  return `curl -sS "${url}v1/events" -H "Authorization: Bearer $POSTHORN_API_KEY" \\
  -H 'Content-Type: application/json' -d '{
    "entityType": "Issue", "entityId": "5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11",
    "eventType": "IssueStatusChanged", "data": { "status": { "from": "open", "to": "done" } }
  }'`
}

import { Group, Loader, Stack, Tabs, Text } from '@mantine/core'
import { Inbox } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Snippet } from '../ui/snippet.tsx'
import { curlSnippet, nodeSnippet } from './emit-snippets.ts'

/** Before the first delivery: how to post an event. It goes by itself when one comes. */
export function NothingYet({ pinned }: { pinned: boolean }) {
  const t = useMessages().deliveries.empty
  const { url, organisationId } = useAccess()
  const snippets = { curl: curlSnippet, node: nodeSnippet }
  const kinds = ['curl', 'node'] as const
  return (
    <EmptyState icon={<Inbox />} title={pinned ? t.pinnedTitle : t.title} text={t.text}>
      <Stack w="min(44rem, 100%)">
        <Tabs defaultValue="curl">
          <Tabs.List>
            {kinds.map((kind) => (
              <Tabs.Tab key={kind} value={kind}>
                {t[kind]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {kinds.map((kind) => (
            <Tabs.Panel key={kind} value={kind} pt="xs">
              <Snippet label={t[kind]} text={snippets[kind](url, organisationId)} />
            </Tabs.Panel>
          ))}
        </Tabs>
        <Group justify="center" gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t.waiting}</Text>
        </Group>
      </Stack>
    </EmptyState>
  )
}

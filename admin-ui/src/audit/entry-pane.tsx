import { Drawer, Stack, Text, Title } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { useFocusBack } from '../ui/use-focus-back.ts'
import { ChangesTable } from './changes-table.tsx'
import type { ValueFilter } from './columns.tsx'
import { EntryFacts } from './entry-facts.tsx'
import { Sentence } from './sentence.tsx'
import { useAuditEntry } from './use-audit.ts'

interface Props {
  id: string
  /** When the list has it already. */
  loaded: AuditEntry | undefined
  onFilter(filter: ValueFilter): void
  onClose(): void
}

export function EntryPane({ id, loaded, onFilter, onClose }: Props) {
  const t = useMessages().audit
  useFocusBack()
  const { data, error, isPending, refetch } = useAuditEntry(id, loaded === undefined)
  const entry = loaded ?? data
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={entry ? (t.actions[entry.action] ?? entry.action) : t.entry.title}
    >
      {entry ? (
        <Stack>
          <Sentence entry={entry} />
          <EntryFacts entry={entry} onFilter={onFilter} />
          <Title order={2} size="h5">
            {t.entry.changes}
          </Title>
          <ChangesTable {...entry} />
        </Stack>
      ) : error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <LoadingPage />
      ) : (
        <Text>{t.entry.gone}</Text>
      )}
    </Drawer>
  )
}

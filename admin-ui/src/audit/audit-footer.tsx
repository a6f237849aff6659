import { Button, Group } from '@mantine/core'
import type { AuditEntry } from '@posthorn/sdk'
import type { useCursorPages } from '../grid/use-cursor-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'

interface Props {
  pages: ReturnType<typeof useCursorPages<AuditEntry>>
}

/** How far back was looked, and on from there. */
export function AuditFooter({ pages }: Props) {
  const t = useMessages().common
  const { searchedUntil, hasNextPage, isFetchingNextPage, loadMore } = pages
  if (!hasNextPage) return t.endOfList
  if (searchedUntil === null) return t.loadingMore
  return (
    <Group justify="center" gap="xs">
      <span>
        {t.searchedBackTo} <TimeText value={searchedUntil} />
      </span>
      <Button size="compact-sm" variant="default" loading={isFetchingNextPage} onClick={loadMore}>
        {t.searchFurther}
      </Button>
    </Group>
  )
}

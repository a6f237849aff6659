import { Button, Group } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'

interface Props {
  loading: boolean
  more: boolean
  searchedUntil: string | null
  onMore: () => void
}

/** How far the list goes, and on from there. */
export function LogFooter({ loading, more, searchedUntil, onMore }: Props) {
  const t = useMessages().common
  if (loading) return t.loadingMore
  if (searchedUntil !== null && more) {
    return (
      <Group justify="center" gap="xs">
        <span>
          {t.searchedBackTo} <TimeText value={searchedUntil} />
        </span>
        <Button size="compact-sm" variant="default" onClick={onMore}>
          {t.searchFurther}
        </Button>
      </Group>
    )
  }
  return more ? t.loadingMore : t.endOfList
}

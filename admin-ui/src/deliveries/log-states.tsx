import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import classes from './delivery-log.module.css'
import { LogFooter } from './log-footer.tsx'
import { isUnfiltered, type LogSearch, type OnSearch } from './log-search.ts'
import { NoMatch } from './no-match.tsx'
import { NothingYet } from './nothing-yet.tsx'
import type { Log } from './use-log.ts'

interface Props {
  log: Log
  search: LogSearch
  pinned: Partial<DeliveryFilterSearch>
  onSearch: OnSearch
  children: ReactNode
}

const skeletonRows = 12

/** The list; or that it is being read, what went wrong, that nothing matches, that there is nothing yet. */
export function LogStates({ log: { list }, search, pinned, onSearch, children }: Props) {
  const t = useMessages().common
  const none = list.isSuccess && list.rows.length === 0
  const anything = useAnything(pinned, none && isUnfiltered(search))
  if (list.isPending) {
    return (
      <Stack className={classes['late'] ?? ''} gap="xs" role="status">
        <VisuallyHidden>{t.loading}</VisuallyHidden>
        {Array.from({ length: skeletonRows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
          <Skeleton key={row} height={28} />
        ))}
      </Stack>
    )
  }
  const problem = list.isError && (
    <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
  )
  if (none && anything === false) return <NothingYet pinned={pinned.subscriptionId !== undefined} />
  if (none) {
    const footer = list.hasNextPage && (
      <LogFooter
        loading={list.isFetchingNextPage}
        more
        searchedUntil={list.searchedUntil}
        onMore={list.loadMore}
      />
    )
    return <NoMatch search={search} onSearch={onSearch} footer={footer} />
  }
  return (
    <>
      {problem}
      {list.rows.length > 0 && children}
    </>
  )
}

/** Whether there ever was a delivery; asked only when none is shown. */
function useAnything(pinned: Partial<DeliveryFilterSearch>, enabled: boolean) {
  const { client, organisationId } = useAccess()
  const { data } = useQuery({
    queryKey: [organisationId, 'deliveries', 'anything', pinned],
    queryFn: async () => (await client.deliveries.list({ ...pinned, limit: 1 })).data.length > 0,
    enabled,
  })
  return data
}

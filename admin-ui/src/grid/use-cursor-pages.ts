import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'

interface CursorPage<Row> {
  data: Row[]
  nextCursor: string | null
  /** How far back a bounded search has looked; null when it found enough. */
  searchedUntil?: string | null
}

/**
 * A list of the API, page by page. The cursor is never in the address: who comes back by a link sees what is newest.
 * What is on the screen stays until the answer to another filter is there.
 */
export function useCursorPages<Row>(
  queryKey: readonly unknown[],
  load: (cursor: string | undefined) => Promise<CursorPage<Row>>,
  options: { refetchMs?: number; enabled?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    // Reading anew reads every page anew: only while there is one.
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= 1,
    refetchOnMount: ({ state }) => (state.data?.pages.length ?? 0) <= 1,
    refetchOnReconnect: ({ state }) => (state.data?.pages.length ?? 0) <= 1,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) <= 1 && (options.refetchMs ?? false),
  })
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data])
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const last = data?.pages.at(-1)
  return { ...query, rows, loadMore, searchedUntil: last?.searchedUntil ?? null }
}

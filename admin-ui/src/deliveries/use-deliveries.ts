import type { PosthornClient } from '@posthorn/sdk'
import { useEffect, useState } from 'react'
import type { DeliveryStatus } from '../api.ts'
import { type Problem, toProblem } from '../problem.ts'
import { appendPage, mergeFirstPage, type Rows } from './merge-page.ts'

const pageSize = 50
const refreshMs = 3000

export interface DeliveryFilters {
  status?: DeliveryStatus
  subscriptionId?: string
}

/** The list as filtered; its first page is fetched again every few seconds while `live`. */
export function useDeliveries(
  client: PosthornClient,
  organisationId: string,
  filters: DeliveryFilters,
  live: boolean,
) {
  const [known, setKnown] = useState<Rows & { filters: DeliveryFilters }>()
  const [problem, setProblem] = useState<Problem>()
  const [loadingMore, setLoadingMore] = useState(false)
  const [turn, setTurn] = useState(0)
  // Rows of other filters are not shown as if they were of these.
  const list = known?.filters === filters ? known : undefined

  const fetchPage = (cursor?: string) =>
    client.deliveries.list({
      organisationId,
      ...filters,
      limit: pageSize,
      ...(cursor && { cursor }),
    })

  // biome-ignore lint/correctness/useExhaustiveDependencies: fetchPage is made of these
  useEffect(() => {
    let current = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = async () => {
      try {
        // A tab that nobody sees asks for nothing.
        if (!document.hidden) {
          const page = await fetchPage()
          if (!current) return
          setKnown((old) => ({
            ...mergeFirstPage(old?.filters === filters ? old : undefined, page),
            filters,
          }))
          setProblem(undefined)
        }
      } catch (error) {
        if (!current) return
        setProblem(toProblem(error))
      }
      if (live) timer = setTimeout(() => void refresh(), refreshMs)
    }
    void refresh()
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, organisationId, filters, live, turn])

  const loadMore = async () => {
    if (!list?.nextCursor || loadingMore) return
    setLoadingMore(true)
    try {
      const page = await fetchPage(list.nextCursor)
      setKnown((old) => (old?.filters === filters ? { ...appendPage(old, page), filters } : old))
    } catch (error) {
      setProblem(toProblem(error))
    }
    setLoadingMore(false)
  }

  return {
    list,
    problem,
    loadingMore,
    loadMore: () => void loadMore(),
    reload: () => setTurn((count) => count + 1),
  }
}

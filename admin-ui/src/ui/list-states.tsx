import type { ReactNode } from 'react'
import { LoadingPage } from './loading-page.tsx'
import { ProblemAlert } from './problem-alert.tsx'

interface Props {
  query: { isPending: boolean; error: unknown; refetch(): unknown }
  /** How many there are to show. */
  rows: number
  /** Instead of the list when there is nothing, and why. */
  nothing: ReactNode
  children: ReactNode
}

/** A list that is loading, that failed, that has nothing, or that has rows: never two of them, never none. */
export function ListStates({ query, rows, nothing, children }: Props) {
  if (query.isPending) return <LoadingPage />
  const problem = Boolean(query.error) && (
    <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  )
  if (rows > 0) {
    return (
      <>
        {problem}
        {children}
      </>
    )
  }
  return problem || nothing
}

import { Skeleton } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { NoMatch } from '../deliveries/no-match.tsx'
import { valuesOf } from '../filter/filter-value.ts'
import { useMessages } from '../messages/use-messages.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { FailureFilters } from './filters.tsx'
import { GroupSplit } from './group-split.tsx'
import type { FailuresSearch, SearchProps } from './search.ts'
import { useFailureGroups } from './use-failure-groups.ts'

const route = getRouteApi('/failures')

/** What fails, in groups: why, at whom, and what to do about it. */
export function FailuresPage() {
  const t = useMessages()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const onSearch = (next: FailuresSearch, replace = false) =>
    void navigate({ search: next, replace })
  return (
    <Page
      title={t.navigation.pages.failures}
      description={t.failures.description}
      actions={<FailureFilters search={search} onSearch={onSearch} />}
      fill
    >
      <Groups search={search} onSearch={onSearch} />
    </Page>
  )
}

function Groups({ search, onSearch }: SearchProps) {
  const t = useMessages().failures
  const { group: _, ...filter } = search
  const { data, error, refetch } = useFailureGroups(filter)
  const problem = error && <ProblemAlert error={error} onRetry={() => void refetch()} />
  if (!data) return problem ?? <Skeleton height={220} aria-busy="true" />
  if (data.data.length > 0) {
    return (
      <>
        {problem}
        <GroupSplit groups={data} search={search} onSearch={onSearch} />
      </>
    )
  }
  if (valuesOf(filter).length > 0) {
    return <NoMatch search={search} onSearch={onSearch} footer={null} />
  }
  return <EmptyState icon={<CircleCheck />} title={t.noneTitle} text={t.noneText} />
}

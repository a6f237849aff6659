import { SimpleGrid, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { TimeFilter } from '../filter/time-filter.tsx'
import type { TimeRange } from '../filter/time-range.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess, useCan } from '../session/session-context.ts'
import { Page } from '../ui/page.tsx'
import { ActiveReplays } from './active-replays.tsx'
import { AttentionStrip } from './attention-strip.tsx'
import { BusiestOrganisations } from './busiest-organisations.tsx'
import { DeliveryCharts } from './delivery-charts.tsx'
import { FailingNow } from './failing-now.tsx'
import { Quotas } from './quotas.tsx'
import { type OverviewSearch, overviewRanges } from './search.ts'
import { SetupChecklist } from './setup-checklist.tsx'
import { SubscriptionsAtRisk } from './subscriptions-at-risk.tsx'
import { Tiles } from './tiles.tsx'
import { TopEventTypes } from './top-event-types.tsx'
import { useDeliveryStats } from './use-figures.ts'
import { useSetup } from './use-setup.ts'

const route = getRouteApi('/')

/** Health now, what changed, what to do. */
export function OverviewPage() {
  const t = useMessages()
  const search: OverviewSearch = route.useSearch()
  const navigate = route.useNavigate()
  const { data: stats } = useDeliveryStats(search)
  const setup = useSetup(stats?.totals.attempts.total === 0)
  const isNew = setup.data?.delivery === false
  const onRange = (range: TimeRange) => void navigate({ search: range as OverviewSearch })
  return (
    <Page
      title={t.navigation.pages.overview}
      actions={!isNew && <TimeFilter value={search} ranges={overviewRanges} onChange={onRange} />}
    >
      {setup.data && isNew ? (
        <SetupChecklist steps={setup.data} />
      ) : (
        <Figures search={search} onRange={onRange} />
      )}
    </Page>
  )
}

function Figures({
  search,
  onRange,
}: {
  search: OverviewSearch
  onRange: (range: TimeRange) => void
}) {
  const can = useCan()
  const { organisationId } = useAccess()
  const readsSubscriptions = can('subscriptions:read')
  return (
    <>
      {readsSubscriptions && <AttentionStrip search={search} />}
      <Tiles search={search} />
      <DeliveryCharts search={search} onRange={onRange} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <Stack gap="sm" miw={0}>
          {organisationId !== null && <FailingNow search={search} />}
          {organisationId === null && can('admin') && <BusiestOrganisations search={search} />}
          <ActiveReplays />
          {organisationId !== null && <Quotas organisationId={organisationId} />}
        </Stack>
        <Stack gap="sm" miw={0}>
          {organisationId !== null && readsSubscriptions && <SubscriptionsAtRisk search={search} />}
          <TopEventTypes search={search} />
        </Stack>
      </SimpleGrid>
    </>
  )
}

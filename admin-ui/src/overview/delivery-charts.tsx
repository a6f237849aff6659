import { Paper, SimpleGrid } from '@mantine/core'
import type { DeliveryStats } from '@posthorn/sdk'
import { Lines, StackedBars } from '../charts/time-chart.tsx'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'
import { Panel } from './panel.tsx'
import type { OverviewSearch } from './search.ts'
import { useDeliveryStats } from './use-figures.ts'

interface Props {
  search: OverviewSearch
  onRange: (range: { since: string; until: string }) => void
}

/** Deliveries and latency over time; drawing a range on either looks closer. */
export function DeliveryCharts({ search, onRange }: Props) {
  const t = useMessages().overview
  const query = useDeliveryStats(search)
  const { data } = query
  if (!data) {
    return (
      <Panel title={t.deliveriesOverTime} query={query} empty="">
        {() => null}
      </Panel>
    )
  }
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
      <Paper withBorder p="md" miw={0}>
        <DeliveriesOverTime stats={data} onRange={onRange} />
      </Paper>
      <Paper withBorder p="md" miw={0}>
        <LatencyOverTime stats={data} onRange={onRange} />
      </Paper>
    </SimpleGrid>
  )
}

type ChartProps = { stats: DeliveryStats } & Pick<Props, 'onRange'>
type Point = DeliveryStats['points'][number]

function DeliveriesOverTime({ stats, onRange }: ChartProps) {
  const t = useMessages()
  return (
    <StackedBars
      title={t.overview.deliveriesOverTime}
      points={stats.points}
      interval={stats.interval}
      series={[
        { label: t.statuses.succeeded, look: 'good', value: (point: Point) => point.succeeded },
        { label: t.statuses.failed, look: 'bad', value: (point: Point) => point.failed },
      ]}
      format={number}
      noData={t.overview.noDeliveries}
      onRange={stats.interval === 'minute' ? undefined : onRange}
    />
  )
}

function LatencyOverTime({ stats, onRange }: ChartProps) {
  const t = useMessages().overview
  return (
    <Lines
      title={t.latencyOverTime}
      points={stats.points}
      interval={stats.interval}
      series={[
        { label: t.p50, look: 'good', value: (point: Point) => point.p50Ms },
        { label: t.p95, look: 'waiting', dashed: true, value: (point: Point) => point.p95Ms },
      ]}
      format={describeDuration}
      noData={t.noAttempts}
      onRange={stats.interval === 'minute' ? undefined : onRange}
    />
  )
}

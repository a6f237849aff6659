import { Paper, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core'
import type { DeliveryStats } from '@posthorn/sdk'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Lines, StackedBars } from '../../charts/time-chart.tsx'
import { toBounds } from '../../filter/time-range.ts'
import { number } from '../../messages/number.ts'
import { share } from '../../messages/share.ts'
import type { Messages } from '../../messages/use-messages.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess } from '../../session/session-context.ts'
import { describeDuration } from '../../time/duration.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { subscriptionKey } from '../keys.ts'

const route = getRouteApi('/subscriptions/$id/')
const ranges = ['24h', '7d'] as const

/** Figures and charts of one subscription, from the rollups. */
export function Figures({ subscriptionId }: { subscriptionId: string }) {
  const { client, organisationId } = useAccess()
  const { last = '24h' } = route.useSearch()
  const { data, error, refetch } = useQuery({
    queryKey: [...subscriptionKey(organisationId, subscriptionId), 'figures', last],
    queryFn: () =>
      client.stats.deliveries({
        subscriptionId,
        ...toBounds({ last }, Date.now()),
        interval: 'hour',
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return (
    <Stack gap="md">
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && <Totals totals={data.totals} />}
      {data && <Charts stats={data} />}
    </Stack>
  )
}

/** How far the figures and charts go back. */
export function RangeChoice({ subscriptionId }: { subscriptionId: string }) {
  const { range: t } = useMessages().subscriptionDetail
  const { last = '24h' } = route.useSearch()
  const navigate = useNavigate()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t.label}
      value={last}
      data={ranges.map((value) => ({ value, label: t[value] }))}
      onChange={(value) =>
        void navigate({
          to: '/subscriptions/$id',
          params: { id: subscriptionId },
          search: value === '24h' ? {} : { last: value },
        })
      }
    />
  )
}

function Totals({ totals }: { totals: DeliveryStats['totals'] }) {
  const t = useMessages()
  const { figures } = t.subscriptionDetail
  const values = [
    [figures.success, totals.successRate === null ? null : share(totals.successRate)],
    [figures.delivered, number(totals.succeeded)],
    [figures.failed, number(totals.failed)],
    [figures.attempts, number(totals.attempts.total)],
    [figures.p50, totals.p50Ms === null ? null : describeDuration(totals.p50Ms)],
    [figures.p95, totals.p95Ms === null ? null : describeDuration(totals.p95Ms)],
  ] as const
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, lg: 6 }} spacing="xs">
      {values.map(([label, value]) => (
        <Paper key={label} withBorder px="sm" py="xs">
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text size="lg" fw={650} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {value ?? t.common.none}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  )
}

type Point = DeliveryStats['points'][number]

function Charts({ stats }: { stats: DeliveryStats }) {
  const { charts } = useMessages().subscriptionDetail
  const { outcomes, durations } = seriesOf(charts)
  const shared = {
    points: stats.points,
    interval: stats.interval,
    noData: charts.none,
    height: 160,
  }
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <StackedBars<Point> {...shared} title={charts.deliveries} series={outcomes} format={number} />
      <Lines<Point>
        {...shared}
        title={charts.durations}
        series={durations}
        format={describeDuration}
      />
    </SimpleGrid>
  )
}

function seriesOf(t: Messages['subscriptionDetail']['charts']) {
  return {
    outcomes: [
      { label: t.succeeded, look: 'good' as const, value: (point: Point) => point.succeeded },
      { label: t.failed, look: 'bad' as const, value: (point: Point) => point.failed },
    ],
    durations: [
      { label: t.p50, look: 'good' as const, value: (point: Point) => point.p50Ms },
      {
        label: t.p95,
        look: 'waiting' as const,
        value: (point: Point) => point.p95Ms,
        dashed: true,
      },
    ],
  }
}

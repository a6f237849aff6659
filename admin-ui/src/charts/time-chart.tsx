import { Box, Group, Skeleton, Text, Title } from '@mantine/core'
import { lazy, Suspense, useId } from 'react'
import { usePreferences } from '../preferences/use-preferences.ts'
import { hasData, type Interval, type Series, toRows } from './chart-data.ts'
import { DataTable } from './data-table.tsx'
import { Legend } from './legend.tsx'
import { describeInterval, describeTick, toRange } from './time-axis.ts'
import classes from './time-chart.module.css'

/** The chart library comes after the page. */
const plots = {
  bars: lazy(() => import('./bars-plot.tsx')),
  lines: lazy(() => import('./lines-plot.tsx')),
}

export interface TimeChartProps<Point extends { at: string }> {
  /** Heading, and what the chart is called for who does not see it. */
  title: string
  points: readonly Point[]
  interval: Interval
  series: readonly Series<Point>[]
  format: (value: number) => string
  /** Said instead of a chart when nothing happened. */
  noData: string
  /** Told when a range was drawn with the mouse. */
  onRange?: ((range: { since: string; until: string }) => void) | undefined
  height?: number
}

/** Counts over time: parts of each bar. */
export function StackedBars<Point extends { at: string }>(props: TimeChartProps<Point>) {
  return <TimeChart kind="bars" {...props} />
}

/** Measures over time; a gap where there was none. */
export function Lines<Point extends { at: string }>(props: TimeChartProps<Point>) {
  return <TimeChart kind="lines" {...props} />
}

function TimeChart<Point extends { at: string }>(
  props: TimeChartProps<Point> & { kind: keyof typeof plots },
) {
  const { kind, title, points, interval, series, format, noData, onRange } = props
  const id = useId()
  const [{ time }] = usePreferences()
  const inUtc = time === 'utc'
  const rows = toRows(points, series)
  const Plot = plots[kind]
  const describe = (atMs: number) => describeInterval(atMs, interval, inUtc)
  return (
    <Box component="figure" m={0} miw={0} aria-labelledby={id}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        <Legend series={series} kind={kind} />
      </Group>
      <div style={{ height: props.height ?? 200 }}>
        {hasData(rows, kind) ? (
          <Suspense fallback={<Skeleton height="100%" />}>
            <Plot
              title={title}
              rows={rows}
              series={series}
              format={format}
              describe={describe}
              describeTick={(atMs) => describeTick(atMs, interval, rows, inUtc)}
              onRange={onRange && ((from, to) => onRange(toRange(from, to, interval)))}
            />
          </Suspense>
        ) : (
          <Text className={classes['noData']} size="sm" c="dimmed">
            {noData}
          </Text>
        )}
      </div>
      <DataTable title={title} rows={rows} series={series} format={format} describe={describe} />
    </Box>
  )
}

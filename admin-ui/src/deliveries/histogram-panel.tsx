import { Group, Text, UnstyledButton } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import type { DeliveryHistogram } from '@posthorn/sdk'
import dayjs from 'dayjs'
import { lazy, Suspense, useState } from 'react'
import type { TimeRange } from '../filter/time-range.ts'
import { useMessages } from '../messages/use-messages.ts'
import classes from './histogram.module.css'
import { HistogramBrush } from './histogram-brush.tsx'
import { clockOf, stacked } from './histogram-intervals.ts'
import { HistogramTable } from './histogram-table.tsx'

const Chart = lazy(() => import('./histogram-chart.tsx'))

const chartHeight = 56

interface Props {
  histogram: DeliveryHistogram | undefined
  onRange: (range: TimeRange) => void
}

/** What matches, over time. Chosen by dragging, by keys, or in the table. */
export function HistogramPanel({ histogram, onRange }: Props) {
  const t = useMessages()
  const { ref, width } = useElementSize()
  const [pointed, setPointed] = useState<[number, number]>()
  const [table, setTable] = useState(false)
  const { data = [], intervalMs = 1 } = histogram ?? {}
  const describe = (from: number, to: number) => {
    const [first, last] = [data[from], data[to]]
    if (!first || !last) return ''
    const inside = data.slice(from, to + 1)
    const parts = stacked.map((status) => ({
      label: t.statuses[status].toLowerCase(),
      count: inside.reduce((sum, one) => sum + one[status], 0),
    }))
    const until = dayjs(last.at).add(intervalMs, 'ms')
    const span = t.deliveries.chart.span(clockOf(first.at), clockOf(until.toISOString()))
    return `${span} · ${t.deliveries.chart.parts(parts)}`
  }
  const choose = (from: number, to: number) => {
    const [first, last] = [data[from], data[to]]
    if (!first || !last) return
    const until = dayjs(last.at).add(intervalMs, 'ms').toISOString()
    onRange({ last: undefined, since: first.at, until })
  }
  const cut = histogram?.complete === false
  return (
    <div className={classes['panel']}>
      <div ref={ref} className={classes['chart']}>
        {width > 0 && (
          <Suspense>
            <Chart data={data} width={width} height={chartHeight} />
          </Suspense>
        )}
        {data.length > 0 && (
          <HistogramBrush
            intervals={data.length}
            describe={describe}
            onPoint={setPointed}
            onChoose={choose}
          />
        )}
      </div>
      <Group justify="space-between" gap="xs" wrap="nowrap" className={classes['caption']}>
        <Text size="xs" c="dimmed" truncate>
          {pointed && data.length > 0
            ? describe(...pointed)
            : cut
              ? t.deliveries.chart.from(clockOf(histogram.since))
              : data[0] && clockOf(data[0].at)}
        </Text>
        <UnstyledButton className={classes['table']} onClick={() => setTable(true)}>
          {t.deliveries.chart.table}
        </UnstyledButton>
      </Group>
      <HistogramTable
        opened={table}
        onClose={() => setTable(false)}
        data={data}
        onChoose={(index) => {
          setTable(false)
          choose(index, index)
        }}
      />
    </div>
  )
}

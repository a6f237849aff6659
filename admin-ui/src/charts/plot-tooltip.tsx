import { Text } from '@mantine/core'
import { useMessages } from '../messages/use-messages.ts'
import { describeValue } from './data-table.tsx'
import { Swatch } from './legend.tsx'
import type { PlotProps } from './plot-props.ts'
import classes from './time-chart.module.css'

type Props = Pick<PlotProps, 'rows' | 'series' | 'format' | 'describe'> & {
  kind: 'bars' | 'lines'
  /** The interval that is pointed at, by mouse or arrow keys. */
  label: unknown
}

/** What one interval says; read aloud, for who walks through the chart with the arrow keys. */
export function PlotTooltip({ rows, series, format, describe, kind, label }: Props) {
  const { none } = useMessages().common
  const row = rows.find(({ atMs }) => atMs === label)
  if (!row) return null
  return (
    <div className={classes['tooltip']} role="status">
      <Text size="xs" c="dimmed" mb={2}>
        {describe(row.atMs)}
      </Text>
      {series.map((one, index) => (
        <div key={one.label} className={classes['reading']}>
          <Swatch series={one} kind={kind} />
          <span>{one.label}</span>
          <span>{describeValue(row.values[index], format, none)}</span>
        </div>
      ))}
    </div>
  )
}

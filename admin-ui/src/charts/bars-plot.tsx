import { useId } from 'react'
import { Bar, BarChart, CartesianGrid, ReferenceArea, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartRow } from './chart-data.ts'
import { Hatching } from './hatching.tsx'
import { axisX, axisY, grid, margin, selection } from './plot-look.ts'
import type { PlotProps } from './plot-props.ts'
import { PlotTooltip } from './plot-tooltip.tsx'
import classes from './time-chart.module.css'
import { useRangeDrag } from './use-range-drag.ts'

const compact = new Intl.NumberFormat('en', { notation: 'compact' })

export default function BarsPlot(props: PlotProps) {
  const { title, rows, series, describeTick, onRange } = props
  const hatching = useId()
  const { drawn, handlers } = useRangeDrag(onRange)
  return (
    <BarChart
      responsive
      data={[...rows]}
      margin={margin}
      barCategoryGap="12%"
      aria-label={title}
      className={classes['plot'] ?? ''}
      data-draggable={onRange ? true : undefined}
      {...handlers}
    >
      <Hatching id={hatching} />
      <CartesianGrid {...grid} />
      <XAxis {...axisX} dataKey="atMs" tickFormatter={describeTick} />
      <YAxis {...axisY} allowDecimals={false} tickFormatter={(value) => compact.format(value)} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--mantine-color-default-hover)' }}
        content={({ label }) => <PlotTooltip {...props} kind="bars" label={label} />}
      />
      {series.map(({ label, look }, index) => (
        <Bar
          key={label}
          name={label}
          dataKey={(row: ChartRow) => row.values[index]}
          stackId="all"
          fill={look === 'bad' ? `url(#${hatching})` : `var(--ph-chart-${look})`}
          isAnimationActive={false}
        />
      ))}
      {drawn && <ReferenceArea {...selection} x1={drawn.fromMs} x2={drawn.toMs} />}
    </BarChart>
  )
}

import { CartesianGrid, Line, LineChart, ReferenceArea, Tooltip, XAxis, YAxis } from 'recharts'
import { type ChartRow, isAlone } from './chart-data.ts'
import { axisX, axisY, grid, margin, selection } from './plot-look.ts'
import type { PlotProps } from './plot-props.ts'
import { PlotTooltip } from './plot-tooltip.tsx'
import classes from './time-chart.module.css'
import { useRangeDrag } from './use-range-drag.ts'

export default function LinesPlot(props: PlotProps) {
  const { title, rows, series, format, describeTick, onRange } = props
  const { drawn, handlers } = useRangeDrag(onRange)
  return (
    <LineChart
      responsive
      data={[...rows]}
      margin={margin}
      aria-label={title}
      className={classes['plot'] ?? ''}
      data-draggable={onRange ? true : undefined}
      {...handlers}
    >
      <CartesianGrid {...grid} />
      <XAxis {...axisX} dataKey="atMs" tickFormatter={describeTick} />
      <YAxis {...axisY} tickFormatter={format} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--mantine-color-dimmed)' }}
        content={({ label }) => <PlotTooltip {...props} kind="lines" label={label} />}
      />
      {series.map(({ label, look, dashed }, index) => (
        <Line
          key={label}
          name={label}
          dataKey={(row: ChartRow) => row.values[index]}
          stroke={`var(--ph-chart-${look})`}
          strokeWidth={2}
          {...(dashed ? { strokeDasharray: '5 4' } : {})}
          dot={({ cx, cy, index: at }) =>
            isAlone(rows, at, index) ? (
              <circle key={at} cx={cx} cy={cy} r={2.5} fill={`var(--ph-chart-${look})`} />
            ) : null
          }
          isAnimationActive={false}
        />
      ))}
      {drawn && <ReferenceArea {...selection} x1={drawn.fromMs} x2={drawn.toMs} />}
    </LineChart>
  )
}

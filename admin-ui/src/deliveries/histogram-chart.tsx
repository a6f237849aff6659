import { useId } from 'react'
import { Bar, BarChart } from 'recharts'
import { type Interval, stacked } from './histogram-intervals.ts'

interface Props {
  data: readonly Interval[]
  width: number
  height: number
}

const colours = {
  succeeded: 'var(--ph-chart-good)',
  pending: 'var(--ph-chart-waiting)',
  failed: 'var(--ph-chart-bad)',
  cancelled: 'var(--ph-chart-off)',
}

/** Stacked by status; what failed is hatched, too, for who sees fewer colours. */
export default function HistogramChart({ data, width, height }: Props) {
  const hatch = useId()
  return (
    <BarChart
      data={[...data]}
      width={width}
      height={height}
      margin={{ top: 2, right: 0, bottom: 0, left: 0 }}
      barCategoryGap={1}
      accessibilityLayer={false}
    >
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" fill={colours.failed} />
          <path
            d="M-1 1l2-2M0 4l4-4M3 5l2-2"
            stroke="var(--mantine-color-body)"
            strokeWidth="0.7"
          />
        </pattern>
      </defs>
      {stacked.map((status) => (
        <Bar
          key={status}
          dataKey={status}
          stackId="all"
          fill={status === 'failed' ? `url(#${hatch})` : colours[status]}
          minPointSize={(value) => (value ? 2 : 0)}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  )
}

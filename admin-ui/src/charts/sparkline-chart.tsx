import { Bar, BarChart } from 'recharts'
import type { SparklineData } from './sparkline-data.ts'

interface Props {
  data: SparklineData
  width: number
  height: number
}

export default function SparklineChart({ data, width, height }: Props) {
  const points = data.succeeded.map((succeeded, index) => ({
    succeeded,
    failed: data.failed[index] ?? 0,
  }))
  return (
    <BarChart
      data={points}
      width={width}
      height={height}
      margin={{ top: 1, right: 0, bottom: 0, left: 0 }}
      barCategoryGap={1}
      maxBarSize={8}
      accessibilityLayer={false}
    >
      <Bar dataKey="succeeded" stackId="1" fill="var(--ph-chart-good)" isAnimationActive={false} />
      <Bar dataKey="failed" stackId="1" fill="var(--ph-chart-bad)" isAnimationActive={false} />
    </BarChart>
  )
}

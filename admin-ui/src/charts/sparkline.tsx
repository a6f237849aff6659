import { lazy, Suspense } from 'react'
import type { SparklineData } from './sparkline-data.ts'

const Chart = lazy(() => import('./sparkline-chart.tsx'))

const size = { display: 'block', width: 120, height: 24 }

/** How it went lately, in little; the chart library comes after the page. */
export function Sparkline({ data, label }: { data: SparklineData; label: string }) {
  return (
    <span role="img" aria-label={label} style={size}>
      <Suspense>
        <Chart data={data} width={size.width} height={size.height} />
      </Suspense>
    </span>
  )
}

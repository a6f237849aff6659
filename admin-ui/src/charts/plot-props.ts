import type { ChartRow, Series } from './chart-data.ts'

export interface PlotProps {
  title: string
  rows: readonly ChartRow[]
  series: readonly Pick<Series<never>, 'label' | 'look' | 'dashed'>[]
  format: (value: number) => string
  describe: (atMs: number) => string
  describeTick: (atMs: number) => string
  /** Told the first and the last interval that were drawn over. */
  onRange: ((fromMs: number, toMs: number) => void) | undefined
}

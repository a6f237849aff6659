export type Interval = 'minute' | 'hour' | 'day'

/** One line, or one part of each bar. */
export interface Series<Point> {
  label: string
  /** Its colour; what is bad is hatched as well. */
  look: 'good' | 'bad' | 'waiting' | 'off'
  /** Null where there is nothing to tell, which is not zero. */
  value(point: Point): number | null
  /** Lines only: told apart without colours. */
  dashed?: boolean
}

/** An interval as the chart and its table show it: one value per series. */
export interface ChartRow {
  atMs: number
  values: readonly (number | null)[]
}

export function toRows<Point extends { at: string }>(
  points: readonly Point[],
  series: readonly Series<Point>[],
): ChartRow[] {
  return points.map((point) => ({
    atMs: Date.parse(point.at),
    values: series.map(({ value }) => value(point)),
  }))
}

/** Bars of zero are no data: nothing happened. A line of zero is. */
export function hasData(rows: readonly ChartRow[], kind: 'bars' | 'lines'): boolean {
  return rows.some(({ values }) =>
    values.some((value) => value !== null && (kind === 'lines' || value !== 0)),
  )
}

/** Whether no line leads to this point or from it, so that it would not be seen. */
export function isAlone(rows: readonly ChartRow[], index: number, series: number): boolean {
  const valueAt = (place: number) => rows[place]?.values[series] ?? null
  return valueAt(index) !== null && valueAt(index - 1) === null && valueAt(index + 1) === null
}

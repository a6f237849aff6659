import { expect, test } from 'vitest'
import { hasData, isAlone, toRows } from '../../admin-ui/src/charts/chart-data.ts'

const rowsOf = (...values: (number | null)[]) =>
  toRows(
    values.map((value, index) => ({ at: new Date(index * 60_000).toISOString(), value })),
    [{ label: 'It', look: 'good', value: (point) => point.value }],
  )

test('no data is not zero', () => {
  expect(rowsOf(null, 0).map(({ values }) => values)).toEqual([[null], [0]])
  expect(hasData(rowsOf(null, null), 'lines')).toBe(false)
  expect(hasData(rowsOf(null, 0), 'lines')).toBe(true)
  expect(hasData(rowsOf(0, 0), 'bars')).toBe(false)
  expect(hasData(rowsOf(0, 1), 'bars')).toBe(true)
})

test('a point that no line leads to is found, so that it can be drawn', () => {
  const rows = rowsOf(1, null, 2, null, 3, 4)
  expect(rows.map((_, index) => isAlone(rows, index, 0))).toEqual([
    true,
    false,
    true,
    false,
    false,
    false,
  ])
})

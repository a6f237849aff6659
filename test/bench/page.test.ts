import { expect, test } from 'vitest'
import { barChart } from '../../bench/chart.ts'
import { type Figure, judge, median, quantile } from '../../bench/figures.ts'
import { pivot } from '../../bench/markdown.ts'
import { sampleBody } from '../../bench/webhook.ts'

function figure(facts: Partial<Figure>): Figure {
  return judge({ group: '', name: 'rate', value: 1, unit: '', target: null, ...facts })
}

test('a quantile is a value that occurred, and never the one beyond the share', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(quantile(values, 0.99)).toBe(99)
  expect(quantile(values, 1)).toBe(100)
  expect(median([3, 1, 2])).toBe(2)
  expect(quantile([], 0.5)).toBeNaN()
})

test('a target is judged by the measured value, not by the rounded one', () => {
  expect(figure({ value: 0.5996, target: { atLeast: 0.6 } })).toMatchObject({
    value: 0.6,
    met: false,
  })
  expect(figure({ value: 125, target: { atMost: 125 } })).toMatchObject({ met: true })
  expect(figure({ value: Number.NaN, target: { atMost: 2 } })).toMatchObject({ met: false })
  expect(figure({ value: 7 })).toMatchObject({ met: null })
})

test('what was missed stands in the table of the page like what was met', () => {
  const text = pivot([
    figure({ group: 'alone', name: 'p50', value: 8, unit: 'ms', target: { atMost: 10 } }),
    figure({ group: 'disturbed', name: 'p50', value: 80, unit: 'ms', target: { atMost: 10 } }),
    figure({ group: 'disturbed', name: 'p99', value: 9000, unit: 'ms' }),
  ])
  expect(text.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    '| | alone | disturbed |',
    expect.stringMatching(/^\| -+ \| -+: \| -+: \|$/),
    '| p50 | 8 ms (≤ 10: met) | 80 ms (≤ 10: **missed**) |',
    '| p99 | | 9,000 ms |',
  ])
})

test('bars of a chart are as long as their values, and labels cannot break the SVG', () => {
  const svg = barChart({
    title: 'a < b & "c"',
    unit: 'per second',
    bars: [
      { label: '<script>', value: 200, ours: true },
      { label: 'half', value: 100 },
    ],
  })
  const [ours = 0, half = 0] = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map((match) =>
    Number(match[1]),
  )
  expect(ours).toBeCloseTo(2 * half)
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('a &lt; b &amp; &quot;c&quot;')
})

test('the bare loop and the job queues send bodies of the size that is said', () => {
  expect(sampleBody(1000)).toHaveLength(1000)
  expect(sampleBody(40_000)).toHaveLength(40_000)
})

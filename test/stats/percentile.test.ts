import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boundsOfClass,
  classCount,
  classOfDuration,
  classUppersMs,
} from '../../server/stats/duration-classes.ts'
import { addHistogram, percentileMs } from '../../server/stats/percentile.ts'

function histogramOf(durations: readonly number[]): number[] {
  const histogram = new Array<number>(classCount).fill(0)
  for (const duration of durations) {
    const index = classOfDuration(duration)
    histogram[index] = (histogram[index] ?? 0) + 1
  }
  return histogram
}

const durations = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 300 })

describe('a class of durations', () => {
  test('begins where the one before it ends, from 1 ms to 60 s', () => {
    expect([classCount, classUppersMs[0], classUppersMs.at(-1)]).toEqual([24, 1, 60_000])
    for (let index = 1; index < classUppersMs.length; index++) {
      expect(classUppersMs[index]).toBeGreaterThan(classUppersMs[index - 1] as number)
      expect(boundsOfClass(index).aboveMs).toBe(boundsOfClass(index - 1).uptoMs)
    }
  })

  test('holds the durations within its bounds and no others', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (duration) => {
        const index = classOfDuration(duration)
        const { aboveMs, uptoMs } = boundsOfClass(index)
        if (index === classCount - 1) expect(duration).toBeGreaterThan(60_000)
        else if (index === 0) expect(duration).toBeLessThanOrEqual(1)
        else expect(duration > aboveMs && duration <= uptoMs).toBe(true)
      }),
    )
  })
})

describe('a percentile', () => {
  test('lies in the class of the exact one, whatever the durations', () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99), (all, share) => {
        const sorted = all.toSorted((a, b) => a - b)
        const exact = sorted[Math.max(1, Math.ceil(share * all.length)) - 1] as number
        const { aboveMs, uptoMs } = boundsOfClass(classOfDuration(exact))
        const estimate = percentileMs(histogramOf(all), share) as number
        expect(estimate).toBeGreaterThanOrEqual(aboveMs)
        expect(estimate).toBeLessThanOrEqual(uptoMs)
      }),
    )
  })

  test('of durations spread evenly over a class is nearly exact', () => {
    const { aboveMs, uptoMs } = boundsOfClass(15)
    const all = Array.from({ length: uptoMs - aboveMs }, (_, index) => aboveMs + 1 + index)
    const exact = all[Math.ceil(all.length / 2) - 1] as number
    expect(Math.abs((percentileMs(histogramOf(all), 0.5) as number) - exact)).toBeLessThanOrEqual(1)
  })

  test('of nothing is null, and of what took longer than a minute is a minute', () => {
    expect(percentileMs(histogramOf([]), 0.5)).toBeNull()
    expect(percentileMs(histogramOf([90_000]), 0.5)).toBe(60_000)
  })

  test('of two histograms added up is that of all their durations', () => {
    fc.assert(
      fc.property(durations, durations, (one, other) => {
        const sum = histogramOf(one)
        addHistogram(sum, histogramOf(other))
        expect(percentileMs(sum, 0.95)).toBe(percentileMs(histogramOf([...one, ...other]), 0.95))
      }),
    )
  })
})

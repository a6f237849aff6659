import { boundsOfClass } from './duration-classes.ts'

/**
 * The duration that the given share of attempts did not exceed, milliseconds; null without attempts. It lies in the
 * same class as the exact one, and within the class where its rank stands.
 */
export function percentileMs(histogram: readonly number[], share: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const rank = Math.max(1, Math.ceil(share * total))
  let below = 0
  for (const [index, count] of histogram.entries()) {
    if (below + count >= rank) {
      const { aboveMs, uptoMs } = boundsOfClass(index)
      return Math.round(aboveMs + (uptoMs - aboveMs) * ((rank - below) / count))
    }
    below += count
  }
  return null
}

/** Adds the counts of `more` to those of `histogram`. */
export function addHistogram(histogram: number[], more: readonly number[]): void {
  for (let index = 0; index < more.length; index++) {
    histogram[index] = (histogram[index] ?? 0) + (more[index] as number)
  }
}

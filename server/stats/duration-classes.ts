/*
 * Durations are kept as counts per class: class 0 is up to 1 ms, then each class reaches 1.65 times as far as the one
 * before it, the 23rd to 60 s; the last one holds what took longer. Counts of classes add up over minutes,
 * subscriptions and processes, which percentiles do not.
 */

const longestMs = 60_000
const steps = 22

/** The longest duration of each class but the last, milliseconds; whole numbers, as durations are. */
export const classUppersMs: readonly number[] = Array.from({ length: steps + 1 }, (_, step) =>
  Math.round(longestMs ** (step / steps)),
)

export const classCount = classUppersMs.length + 1

/** The class of a duration: of all whose upper bound is not below it, the first. */
export function classOfDuration(durationMs: number): number {
  let low = 0
  let high = classUppersMs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (durationMs <= (classUppersMs[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}

/** What a class holds: longer than `aboveMs`, up to `uptoMs`. The last one ends nowhere and says where it begins. */
export function boundsOfClass(index: number): { aboveMs: number; uptoMs: number } {
  const aboveMs = index === 0 ? 0 : (classUppersMs[index - 1] ?? longestMs)
  return { aboveMs, uptoMs: classUppersMs[index] ?? aboveMs }
}

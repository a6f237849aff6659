const jitter = 0.2
/** A receiver may ask for patience, but not for ever. */
const retryAfterMaxMs = 24 * 3_600_000

/**
 * How long to wait before the next attempt, or undefined when the schedule is used up.
 * @param failures attempts that failed in this run, at least 1
 * @param random from 0 to 1, for the jitter of ±20 %
 * @param retryAfterMs what the receiver asked for; it can only lengthen the wait
 */
export function retryDelayMs(
  scheduleSeconds: readonly number[],
  failures: number,
  random: number,
  retryAfterMs: number | undefined,
): number | undefined {
  const seconds = scheduleSeconds[failures - 1]
  if (seconds === undefined) return undefined
  const delayMs = seconds * 1000 * (1 - jitter + 2 * jitter * random)
  return Math.round(Math.max(delayMs, Math.min(retryAfterMs ?? 0, retryAfterMaxMs)))
}

/** Milliseconds that a `Retry-After` asks for (RFC 9110 §10.2.3); undefined when it makes no sense. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined
  const text = value.trim()
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000
  // Only the three HTTP date forms begin with a day's name; Date.parse alone would take far more.
  const dateMs = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}

/** How a subscription has fared: over its whole life, or what one process saw since it last wrote. Times in ms. */
export interface Health {
  /** First failure since the last success; null while it works. */
  failingSinceMs: number | null
  /** Failed attempts since the last success. */
  consecutiveFailures: number
  lastSuccessAtMs: number | null
  lastFailureAtMs: number | null
  lastOutcome: string | null
  lastError: string | null
}

/** An attempt as health sees it. `error` is null when it succeeded. */
export interface AttemptFacts {
  subscriptionId: string
  outcome: string
  statusCode: number | null
  error: string | null
}

export const unknownHealth: Health = {
  failingSinceMs: null,
  consecutiveFailures: 0,
  lastSuccessAtMs: null,
  lastFailureAtMs: null,
  lastOutcome: null,
  lastError: null,
}

export function afterAttempt(
  health: Health,
  { outcome, error }: AttemptFacts,
  atMs: number,
): Health {
  const last = { lastOutcome: outcome, lastError: error }
  if (outcome === 'succeeded')
    return {
      ...health,
      ...last,
      failingSinceMs: null,
      consecutiveFailures: 0,
      lastSuccessAtMs: atMs,
    }
  return {
    ...health,
    ...last,
    failingSinceMs: health.failingSinceMs ?? atMs,
    consecutiveFailures: health.consecutiveFailures + 1,
    lastFailureAtMs: atMs,
  }
}

/**
 * What two observers know together; the order does not matter. A success that either saw ends the failing window of
 * both. Of a window that began before it, only its last failure is known to lie after, if it does.
 */
export function mergeHealth(a: Health, b: Health): Health {
  const lastSuccessAtMs = latest(a.lastSuccessAtMs, b.lastSuccessAtMs)
  const windows = [a, b].map((one) => windowAfter(one, lastSuccessAtMs))
  const last = lastAttemptMs(b) >= lastAttemptMs(a) ? b : a
  return {
    failingSinceMs: earliest(windows.map((window) => window.sinceMs)),
    consecutiveFailures: windows.reduce((sum, window) => sum + window.failures, 0),
    lastSuccessAtMs,
    lastFailureAtMs: latest(a.lastFailureAtMs, b.lastFailureAtMs),
    lastOutcome: last.lastOutcome,
    lastError: last.lastError,
  }
}

/** Whether nothing but failure is known of so long a time. 0: never. */
export function isFailingTooLong(health: Health, nowMs: number, disableAfterMs: number): boolean {
  if (disableAfterMs === 0 || health.failingSinceMs === null) return false
  return nowMs - health.failingSinceMs >= disableAfterMs
}

/** The same as a clock shows it that is ahead by so much. */
export function shiftHealth(health: Health, aheadMs: number): Health {
  const shift = (atMs: number | null) => (atMs === null ? null : atMs + aheadMs)
  return {
    ...health,
    failingSinceMs: shift(health.failingSinceMs),
    lastSuccessAtMs: shift(health.lastSuccessAtMs),
    lastFailureAtMs: shift(health.lastFailureAtMs),
  }
}

function windowAfter(health: Health, successAtMs: number | null) {
  const { failingSinceMs, consecutiveFailures, lastFailureAtMs } = health
  // Its own success is the last one: the window began after it, however close.
  const whole = health.lastSuccessAtMs === successAtMs || (failingSinceMs ?? 0) > (successAtMs ?? 0)
  if (whole) return { sinceMs: failingSinceMs, failures: consecutiveFailures }
  const failedAfter = failingSinceMs !== null && (lastFailureAtMs ?? 0) > (successAtMs ?? 0)
  return failedAfter ? { sinceMs: lastFailureAtMs, failures: 1 } : { sinceMs: null, failures: 0 }
}

function lastAttemptMs(health: Health): number {
  return latest(health.lastSuccessAtMs, health.lastFailureAtMs) ?? Number.NEGATIVE_INFINITY
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

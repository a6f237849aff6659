/** How many requests of one subscription may be under way: grows while it copes, halves when it does not. */
export interface Concurrency {
  limit: number
}

const start = 16
/** Added per success, so that the limit doubles within a few round trips. */
const growth = 0.5

export function initialConcurrency(max: number): Concurrency {
  return { limit: Math.min(start, max) }
}

export function afterSuccess(current: Concurrency, max: number): Concurrency {
  return { limit: Math.min(max, current.limit + growth) }
}

/** For what says "too much": timeouts, 429, 5xx. Never below one, or it could not recover. */
export function afterOverload(current: Concurrency): Concurrency {
  return { limit: Math.max(1, current.limit / 2) }
}

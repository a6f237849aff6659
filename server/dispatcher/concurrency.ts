/** How many requests of one subscription may be under way: grows while it copes, halves when it does not. */
export interface Concurrency {
  readonly limit: number
  /** What it was last known to cope with: up to here the limit doubles per round trip, beyond it grows gently. */
  readonly known: number
  /** When it was lowered last. Requests that began before belong to the same burst and do not lower it again. */
  readonly loweredAtMs: number
  /** Whether something succeeded since. */
  readonly coped: boolean
}

const start = 16

/** `known` is the maximum: nothing is known against it. */
export function initialConcurrency(max: number): Concurrency {
  return {
    limit: Math.min(start, max),
    known: max,
    loweredAtMs: Number.NEGATIVE_INFINITY,
    coped: true,
  }
}

/** @param underWay requests when this one ended, itself included: an allowance that is not used proves nothing */
export function afterSuccess(
  current: Concurrency,
  startedAtMs: number,
  underWay: number,
  max: number,
): Concurrency {
  const { limit, known } = current
  if (startedAtMs < current.loweredAtMs) return current
  const isUsed = underWay * 2 >= limit
  if (current.coped && (!isUsed || limit >= max)) return current
  const grown = limit < known ? Math.min(known, limit + 1) : limit + 1 / limit
  return { ...current, coped: true, limit: isUsed ? Math.min(max, grown) : limit }
}

/**
 * For what says "too much": timeouts, 429, 5xx. Never below one, or it could not recover. A limit at which nothing
 * succeeded teaches nothing, so `known` is lowered only once in a bad stretch.
 */
export function afterOverload(
  current: Concurrency,
  startedAtMs: number,
  nowMs: number,
): Concurrency {
  if (startedAtMs < current.loweredAtMs) return current
  const limit = Math.max(1, current.limit / 2)
  return { limit, known: current.coped ? limit : current.known, loweredAtMs: nowMs, coped: false }
}

/** After the breaker: one at first, then the ramp to what is known. */
export function afterOutage(current: Concurrency, nowMs: number): Concurrency {
  return { limit: 1, known: current.known, loweredAtMs: nowMs, coped: false }
}

/** Tokens that a subscription with a rate limit has to send with, one per request. */
export interface TokenBucket {
  readonly tokens: number
  readonly atMs: number
}

/** One token at first: after a restart or a hand-over, nobody knows how many were spent just now. */
export function newBucket(nowMs: number): TokenBucket {
  return { tokens: 1, atMs: nowMs }
}

/** What may go at once after a pause: a tenth of a second's worth, at least one. */
export function burstOf(ratePerSecond: number): number {
  return Math.max(1, ratePerSecond / 10)
}

export function refill(bucket: TokenBucket, ratePerSecond: number, nowMs: number): TokenBucket {
  const earned = (Math.max(0, nowMs - bucket.atMs) / 1000) * ratePerSecond
  return { tokens: Math.min(burstOf(ratePerSecond), bucket.tokens + earned), atMs: nowMs }
}

export function spend(bucket: TokenBucket): TokenBucket {
  return { tokens: bucket.tokens - 1, atMs: bucket.atMs }
}

/** Milliseconds until there is a whole token; 0 when there is one. Thousandths are forgiven to rounding. */
export function untilToken(bucket: TokenBucket, ratePerSecond: number): number {
  return bucket.tokens >= 0.999 ? 0 : ((1 - bucket.tokens) / ratePerSecond) * 1000
}

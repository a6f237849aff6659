import { attemptClasses } from './attempt-class.ts'
import { percentileMs } from './percentile.ts'
import type { Stats } from './schemas.ts'
import type { Sums } from './tally.ts'

/** Sums as callers see them. */
export function presentStats(sums: Sums): Stats {
  const total = attemptClasses.reduce((sum, name) => sum + sums.attempts[name], 0)
  return {
    attempts: { total, ...sums.attempts },
    succeeded: sums.succeeded,
    failed: sums.failed,
    successRate: total === 0 ? null : sums.attempts.succeeded / total,
    meanMs: total === 0 ? null : Math.round(sums.durationMsTotal / total),
    p50Ms: percentileMs(sums.histogram, 0.5),
    p95Ms: percentileMs(sums.histogram, 0.95),
    p99Ms: percentileMs(sums.histogram, 0.99),
  }
}

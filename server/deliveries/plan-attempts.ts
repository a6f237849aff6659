import { retryDelayMs } from './retry-delay.ts'
import type { PlannedAttempt } from './schemas.ts'

export interface PlanFacts {
  /** Attempts finished so far. */
  attempts: number
  /** Of these, in the current run: since it was created, or since a replay took over. */
  attemptsInRun: number
  nextAttemptAtMs: number
  scheduleSeconds: readonly number[]
}

/** The attempts still to come if each one fails: the jitter and the time that attempts take are left out. */
export function planAttempts(facts: PlanFacts): PlannedAttempt[] {
  const planned: PlannedAttempt[] = []
  let atMs: number | undefined = facts.nextAttemptAtMs
  for (let coming = 1; atMs !== undefined; coming++) {
    planned.push({ number: facts.attempts + coming, at: new Date(atMs).toISOString() })
    const delayMs = retryDelayMs(
      facts.scheduleSeconds,
      facts.attemptsInRun + coming,
      middle,
      undefined,
    )
    atMs = delayMs === undefined ? undefined : atMs + delayMs
  }
  return planned
}

/** Of the jitter, which goes either way. */
const middle = 0.5

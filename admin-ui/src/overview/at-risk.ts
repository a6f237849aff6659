import type { SubscriptionStats } from '@posthorn/sdk'

type Figures = SubscriptionStats['data'][number]

const shownMax = 5
/** Share of the attempts that succeed, below which it is told. */
export const riskBelow = 0.95

/** Subscriptions of which too many attempts fail, the worst first; of two that are as bad, the busier one. */
export function atRisk(figures: readonly Figures[]): Figures[] {
  return figures
    .filter(({ successRate }) => successRate !== null && successRate < riskBelow)
    .sort(
      (a, b) => (a.successRate ?? 0) - (b.successRate ?? 0) || b.attempts.total - a.attempts.total,
    )
    .slice(0, shownMax)
}

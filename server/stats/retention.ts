import type { Grain } from './tally.ts'

/** How long the rollups of each grain are kept, in days; hours as long as the deliveries that they count. */
export function retentionDaysOf(grain: Grain, deliveriesDays: number): number {
  if (grain === 1) return 2
  // Days are few: enough to compare a month with that of the year before.
  return grain === 60 ? deliveriesDays : Math.max(deliveriesDays, 400)
}

export type QuotaState = 'free' | 'tight' | 'met'

/** From this share on, somebody should think of what comes next. */
const tightFrom = 0.8

/** How much of a quota is used; 0 as a limit does not limit. */
export function quotaStateOf({ used, limit }: { used: number; limit: number }): QuotaState {
  if (limit === 0 || used < limit * tightFrom) return 'free'
  return used < limit ? 'tight' : 'met'
}

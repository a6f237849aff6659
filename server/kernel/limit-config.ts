import type { FieldIssue } from './errors.ts'

/** What one credential may ask of one process in a minute; one of the platform ten times as much. 0 does not limit. */
export interface RateLimitOptions {
  /** GET requests. @default 6000 */
  readsPerMinute?: number
  /** Requests that are neither reads nor events. @default 1200 */
  writesPerMinute?: number
  /** Events, however many there are in one request. @default 600000 */
  eventsPerMinute?: number
  /** Requests with credentials that are not valid, by the client's address and by the key they name. @default 100 */
  failuresPerMinute?: number
}

/** What one organisation may have, unless it was given quotas of its own. 0 does not limit. */
export interface QuotaOptions {
  /** Events that the API takes in a second, per process. @default 2000 */
  eventsPerSecond?: number
  /** Events beyond those, in any minute. @default 20000 */
  eventsBurst?: number
  /** Subscriptions, without deleted ones. @default 1000 */
  subscriptions?: number
  /** Waiting deliveries beyond which the API takes no event. @default 1000000 */
  backlog?: number
}

export interface LimitOptions {
  rateLimits?: RateLimitOptions
  quotas?: QuotaOptions
}

export type Quotas = Readonly<Required<QuotaOptions>>

/** The options with every default filled in. */
export interface LimitConfig {
  rateLimits: Readonly<Required<RateLimitOptions>>
  quotas: Quotas
}

/** Fits a column of Postgres. */
export const limitMax = 2_147_483_647

const defaults: LimitConfig = {
  rateLimits: {
    readsPerMinute: 6000,
    writesPerMinute: 1200,
    eventsPerMinute: 600_000,
    failuresPerMinute: 100,
  },
  quotas: { eventsPerSecond: 2000, eventsBurst: 20_000, subscriptions: 1000, backlog: 1_000_000 },
}

/** Fills in the defaults, and adds to `issues` whatever is wrong, each with its fix. */
export function resolveLimits(options: LimitOptions, issues: FieldIssue[]): LimitConfig {
  const config = {
    rateLimits: { ...defaults.rateLimits, ...options.rateLimits },
    quotas: { ...defaults.quotas, ...options.quotas },
  }
  for (const [group, values] of Object.entries(config)) {
    for (const [name, value] of Object.entries(values)) {
      if (Number.isInteger(value) && value >= 0 && value <= limitMax) continue
      const fix = `Use a whole number from 0, which does not limit, to ${limitMax}.`
      issues.push({ field: `${group}.${name}`, message: `is ${value}`, fix })
    }
  }
  return config
}

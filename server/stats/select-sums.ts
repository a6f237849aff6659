import type { Tx } from '../database/database.ts'
import { classCount } from './duration-classes.ts'
import type { Range } from './range.ts'
import { grainOf } from './range.ts'
import { everyId, type Sums } from './tally.ts'

/** What a statement gives that selects `sumColumns`. */
export interface SumRow {
  attemptsSucceeded: number
  attemptsRedirect: number
  attemptsClientError: number
  attemptsServerError: number
  attemptsTimeout: number
  attemptsNetwork: number
  deliveriesSucceeded: number
  deliveriesFailed: number
  durationMsTotal: number
  /** Nulls when there was no row. */
  histogram: (number | null)[]
}

const counts = [
  'attempts_succeeded',
  'attempts_redirect',
  'attempts_client_error',
  'attempts_server_error',
  'attempts_timeout',
  'attempts_network',
  'deliveries_succeeded',
  'deliveries_failed',
  'duration_ms_total',
]
const classes = Array.from(
  { length: classCount },
  (_, index) => `sum(duration_histogram[${index + 1}])`,
)

/** A sum per class: taking the arrays apart into rows would make 24 of each. */
const columns = `${counts.map((name) => `coalesce(sum(${name}), 0)::bigint as ${name}`).join(', ')},
  json_build_array(${classes.join(', ')}) as histogram`

export function sumColumns(tx: Tx) {
  return tx.unsafe(columns)
}

export interface StatsFilter {
  subscriptionId?: string | undefined
  eventType?: string | undefined
}

/**
 * The rows of a range: of one subscription, or those in which all of an organisation, or of the platform, are added up.
 */
export function whereStats(tx: Tx, tenant: string, filter: StatsFilter, range: Range) {
  const { subscriptionId, eventType } = filter
  const organisationId = tenant !== 'platform' ? tenant : subscriptionId ? undefined : everyId
  return tx`
    grain_minutes = ${grainOf[range.interval]}
    and at >= ${new Date(range.sinceMs)} and at < ${new Date(range.untilMs)}
    and subscription_id = ${subscriptionId ?? everyId}
    ${organisationId ? tx`and organisation_id = ${organisationId}` : tx``}
    ${eventType ? tx`and event_type = ${eventType}` : tx``}`
}

export function toSums(row: SumRow): Sums {
  return {
    attempts: {
      succeeded: row.attemptsSucceeded,
      redirect: row.attemptsRedirect,
      clientError: row.attemptsClientError,
      serverError: row.attemptsServerError,
      timeout: row.attemptsTimeout,
      network: row.attemptsNetwork,
    },
    succeeded: row.deliveriesSucceeded,
    failed: row.deliveriesFailed,
    durationMsTotal: row.durationMsTotal,
    histogram: row.histogram.map((count) => count ?? 0),
  }
}

/** How attempts are told apart in charts. */
export const attemptClasses = [
  'succeeded',
  'redirect',
  'clientError',
  'serverError',
  'timeout',
  'network',
] as const

export type AttemptClass = (typeof attemptClasses)[number]

/**
 * `network` is all that ended without an answer in HTTP and was not a timeout. Undefined where nothing was sent, because
 * we could not: the delivery ended, but without an attempt.
 */
export function classOfAttempt(
  outcome: string,
  statusCode: number | null,
): AttemptClass | undefined {
  switch (outcome) {
    case 'succeeded':
    case 'redirect':
    case 'timeout':
      return outcome
    case 'lease_expired':
      return 'timeout'
    case 'gone':
    case 'rejected':
      return 'clientError'
    case 'event_dropped':
    case 'unprocessable':
    case 'released':
      return undefined
    case 'http_status':
      return (statusCode ?? 0) >= 500 ? 'serverError' : 'clientError'
    default:
      return 'network'
  }
}

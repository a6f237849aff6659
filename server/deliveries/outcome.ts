/** How an attempt ended. A failure is an outcome, not an exception, so every kind is decided on. */
export type Outcome =
  | { kind: 'response'; statusCode: number; retryAfter: string | undefined }
  | { kind: FailureKind; detail: string }

/**
 * Why there was no response to judge. Coarse on purpose: what is told to an organisation must not map a network.
 * `response_invalid` is an answer that is not HTTP. The last three are of no attempt at all: the delivery, its
 * subscription or its event is not what it should be.
 */
export type FailureKind =
  | 'timeout'
  | 'blocked_address'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'reset'
  | 'response_invalid'
  | 'request_invalid'
  | HopelessKind

/** What no further attempt can change. */
export type HopelessKind = 'unprocessable' | 'subscription_unusable' | 'event_dropped'

/**
 * How else than with success ends what was pulled: its consumer could not deal with it, or has given it back untouched,
 * or was not heard of again.
 */
export type PulledOutcome = 'rejected' | 'released' | 'lease_expired'

/** What the log says of an attempt. */
export type OutcomeCode =
  | 'succeeded'
  | 'redirect'
  | 'gone'
  | 'http_status'
  | PulledOutcome
  | FailureKind

export function outcomeCode(outcome: Outcome): Exclude<OutcomeCode, PulledOutcome> {
  if (outcome.kind !== 'response') return outcome.kind
  const { statusCode } = outcome
  if (statusCode >= 200 && statusCode <= 299) return 'succeeded'
  if (statusCode >= 300 && statusCode <= 399) return 'redirect'
  return statusCode === 410 ? 'gone' : 'http_status'
}

/** One sentence for the log and the console, or null for a success. */
export function outcomeError(outcome: Outcome): string | null {
  if (outcome.kind !== 'response') return outcome.detail
  switch (outcomeCode(outcome)) {
    case 'succeeded':
      return null
    case 'redirect':
      return `answered ${outcome.statusCode}; redirects are not followed, register the final URL`
    case 'gone':
      return 'answered 410 Gone: the receiver wants no more'
    default:
      return `answered ${outcome.statusCode}`
  }
}

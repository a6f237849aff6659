import type { Attempt } from '@posthorn/sdk'
import type { Messages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'

type Key = keyof Messages['explanations']

/** What happened in a sentence, and what can be done about it. */
export function explainAttempt(
  attempt: Attempt,
  texts: Messages['explanations'],
): { what: string; next: string } {
  const { what, next } = texts[explanationOf(attempt, texts)]
  const facts = {
    host: hostOf(attempt.request?.url ?? ''),
    statusCode: attempt.response?.statusCode ?? null,
    duration: describeDuration(attempt.durationMs),
  }
  return { what: what(facts), next }
}

function explanationOf(attempt: Attempt, texts: Messages['explanations']): Key {
  const { outcome, response } = attempt
  if (outcome === 'succeeded' && attempt.request === null) return 'pulled'
  if (outcome === 'timeout') return ofTimeout(attempt)
  if (outcome === 'http_status' && response) return ofStatus(response.statusCode)
  return Object.hasOwn(texts, outcome) ? (outcome as Key) : 'unknown'
}

/** Which of the limits it was. */
function ofTimeout({ firstByteMs, connectMs, error }: Attempt): Key {
  if (firstByteMs !== null) return 'endless'
  // A connection that was open already took no time, as none that was ever made.
  return connectMs !== null || error?.startsWith('no answer') ? 'noAnswer' : 'noConnection'
}

function ofStatus(statusCode: number): Key {
  switch (statusCode) {
    case 401:
    case 403:
      return 'unauthorised'
    case 404:
    case 405:
      return 'notFound'
    case 413:
      return 'tooLarge'
    case 429:
      return 'tooMany'
    case 502:
    case 503:
    case 504:
      return 'unavailable'
    default:
      if (statusCode >= 500) return 'receiverFailed'
      return statusCode >= 400 ? 'refused' : 'unexpectedStatus'
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

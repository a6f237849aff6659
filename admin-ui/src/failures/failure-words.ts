import type { FailureGroup } from '@posthorn/sdk'
import type { Messages } from '../messages/use-messages.ts'

/** How a group fails, in words: `503 Refused`, `Timed out`. */
export function failureWords(
  { outcome, statusCode }: Pick<FailureGroup, 'outcome' | 'statusCode'>,
  t: Messages,
): string {
  const word = outcome === null ? t.failures.unknown : (t.outcomes[outcome] ?? outcome)
  // "410 Gone" says its code already.
  return statusCode === null || word.startsWith(String(statusCode)) ? word : `${statusCode} ${word}`
}

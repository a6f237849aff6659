/** A request as it was sent, for copying. */
export interface RecordedRequest {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** What the log keeps in place of a header's value that may be a credential. */
export const maskedValue = '[secret]'

/** Receivers refuse what was signed longer ago, so that a request that was overheard cannot be sent again. */
const signatureValidMs = 5 * 60_000

export function isSignatureStale(headers: RecordedRequest['headers'], nowMs: number): boolean {
  return nowMs - Number(headers['webhook-timestamp']) * 1000 > signatureValidMs
}

export function maskedHeaders(headers: RecordedRequest['headers']): string[] {
  return Object.keys(headers).filter((name) => headers[name] === maskedValue)
}

export function headerLines(headers: RecordedRequest['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

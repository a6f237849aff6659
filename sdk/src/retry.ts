const firstDelayMs = 200
const delayMaxMs = 10_000
/** A server that asks for more than this is better asked again by the caller. */
const retryAfterMaxMs = 60_000

/** Whether trying again can help: 502 and 504 are what proxies say while a server restarts. */
export function isTransient(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504
}

/**
 * Milliseconds before the next try; undefined when the server asked for more patience than is kept.
 * Half of the back-off is chance, so that clients that failed together do not come back together.
 * @param failures tries that failed so far, at least 1
 */
export function retryDelayMs(failures: number, retryAfter: string | null): number | undefined {
  const asked = parseRetryAfter(retryAfter)
  if (asked > retryAfterMaxMs) return undefined
  const backoff = Math.min(delayMaxMs, firstDelayMs * 2 ** (failures - 1))
  return Math.max(asked, backoff * (0.5 + Math.random() / 2))
}

/** `Retry-After` (RFC 9110 §10.2.3) in milliseconds; 0 when there is none or it makes no sense. */
function parseRetryAfter(value: string | null): number {
  if (value === null) return 0
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000
  const dateMs = Date.parse(value)
  return Number.isNaN(dateMs) ? 0 : Math.max(0, dateMs - Date.now())
}

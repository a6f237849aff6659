import type { Attempt } from '@posthorn/sdk'

type Response = NonNullable<Attempt['response']>

/** What tells nothing by being another each time. */
const volatile = new Set(['date', 'age', 'x-request-id', 'cf-ray', 'traceparent'])

/** In what an answer is other than the one before. */
export function changesOf(now: Response, before: Response): ('status' | 'headers' | 'body')[] {
  const differs = {
    status: now.statusCode !== before.statusCode,
    headers: telling(now.headers) !== telling(before.headers),
    body: now.body !== before.body || now.bodyEncoding !== before.bodyEncoding,
  }
  return (['status', 'headers', 'body'] as const).filter((part) => differs[part])
}

function telling(headers: Response['headers']): string {
  return JSON.stringify(
    Object.entries(headers)
      .filter(([name]) => !volatile.has(name))
      .sort(([a], [b]) => a.localeCompare(b)),
  )
}

type Fetch = typeof globalThis.fetch

/** So long after it got no answer, the same request is the one before, sent again. */
const meantAgainForMs = 10 * 60_000

/**
 * A `fetch` that gives a change whose answer never came the `Idempotency-Key` that it had, when the same is asked for
 * again: who presses twice, or again after the connection broke, makes one. What was asked is kept until it is answered.
 */
export function sendOnce(fetch: Fetch): Fetch {
  const unanswered = new Map<string, { key: string; atMs: number }>()
  /** By the key that the client made for a call. */
  const sentAs = new Map<string, string>()

  return async (input, init) => {
    const headers = new Headers(init?.headers)
    const own = headers.get('idempotency-key')
    if (own === null) return fetch(input, init)
    const nowMs = Date.now()
    for (const [request, { atMs }] of unanswered) {
      if (nowMs - atMs > meantAgainForMs) unanswered.delete(request)
    }
    const request = `${init?.method} ${input} ${init?.body ?? ''}`
    const key = sentAs.get(own) ?? unanswered.get(request)?.key ?? own
    sentAs.set(own, key)
    unanswered.set(request, { key, atMs: nowMs })
    headers.set('idempotency-key', key)
    const response = await fetch(input, { ...init, headers })
    if (isAnswer(response)) unanswered.delete(request)
    return response
  }
}

/** Whether it says what became of the request: not that it may come back, nor that something broke on the way. */
function isAnswer({ status, headers }: Response): boolean {
  return status < 500 && !headers.has('retry-after')
}

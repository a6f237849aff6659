type Fetch = typeof globalThis.fetch

/** That the server takes no more for now. */
export interface Slowdown {
  /** Of what there was too much, for people. */
  title: string
  waitMs: number
}

/** A pause that nobody notices needs no words. */
const noticedMs = 2000

/**
 * A `fetch` that tells when the server asks for patience; the client waits and sends again by itself. A credential that is
 * not valid is one, also where so many were not that the server has stopped to say so.
 */
export function tellSlowdowns(fetch: Fetch, onSlowdown: (slowdown: Slowdown) => void): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (response.status !== 429) return response
    const { code, title } = await readProblem(response.clone())
    if (code === 'too_many_failures') return new Response(response.body, { status: 401 })
    const waitMs = Number(response.headers.get('retry-after') ?? 0) * 1000
    if (waitMs >= noticedMs) onSlowdown({ title: title ?? '', waitMs })
    return response
  }
}

async function readProblem(response: Response): Promise<{ code?: string; title?: string }> {
  try {
    return (await response.json()) as { code?: string; title?: string }
  } catch {
    // A proxy's.
    return {}
  }
}

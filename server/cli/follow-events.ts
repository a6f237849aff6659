import { type EventQuery, PosthornApiError, type PosthornClient } from '@posthorn/sdk'
import type { Clock } from '../kernel/clock.ts'
import { timeOfId } from '../kernel/ids.ts'
import { exactJsonOf } from '../kernel/json.ts'

/** An event as the API gives it, with its numbers as they were sent. */
export type FollowedEvent = Awaited<ReturnType<PosthornClient['events']['get']>>

export type Followed =
  /** First: what is recorded from here on is told. */
  | { type: 'ready' }
  | { type: 'event'; event: FollowedEvent }
  /** Once each time the server is lost. It goes on by itself, and nothing is left out. */
  | { type: 'disconnected'; error: Error }

export interface FollowOptions {
  client: PosthornClient
  /** Those of `events.list`, but for its page. */
  filter: Omit<EventQuery, 'limit' | 'cursor' | 'since' | 'until'>
  clock: Clock
  /** How far the server's clock goes before ours, milliseconds. */
  clockAheadMs: number
  signal: AbortSignal
}

const everyMs = 1000
const pauseMaxMs = 15_000
const pageSize = 250

/**
 * The list of events is ordered by id, which is made before its transaction commits: an event may appear below others
 * that were there before it. Each look goes back some seconds, and one in thirty a whole two minutes.
 */
const reachMs = 5000
const farReachMs = 120_000
const farEvery = 30

/**
 * Events as they are recorded, each once, until `signal` aborts; those of one look in the order of their ids. One whose
 * id is older than two minutes when it becomes visible is not seen. @throws PosthornApiError when the server refuses
 */
export async function* followEvents(options: FollowOptions): AsyncGenerator<Followed, void> {
  const { client, filter, clock, clockAheadMs, signal } = options
  const seen = new Set<string>()
  const now = () => clock.now() + clockAheadMs
  let lookedAtMs = now()
  let isReady = false
  let failures = 0
  for (let turn = 0; !signal.aborted; turn++) {
    // After a failure as well: what was not looked through then is now.
    const isFar = turn % farEvery === 0 || failures > 0
    const sinceMs = lookedAtMs - (isFar ? farReachMs : reachMs)
    try {
      const startedAtMs = now()
      for (const id of await listNew(client, filter, sinceMs, seen)) {
        if (isReady) yield { type: 'event', event: await readExactly(client, id) }
        seen.add(id)
      }
      if (!isReady) yield { type: 'ready' }
      isReady = true
      failures = 0
      lookedAtMs = startedAtMs
      forget(seen, lookedAtMs - farReachMs)
    } catch (error) {
      if (signal.aborted) return
      if (!isPassing(error)) throw error
      if (failures++ === 0) yield { type: 'disconnected', error }
    }
    await clock.sleep(Math.min(everyMs * 2 ** failures, pauseMaxMs), signal)
  }
}

/** Ids of what was not yet seen, oldest first; without what can never be published. */
async function listNew(
  client: PosthornClient,
  filter: FollowOptions['filter'],
  sinceMs: number,
  seen: ReadonlySet<string>,
): Promise<string[]> {
  const query = { ...filter, since: new Date(sinceMs).toISOString(), limit: pageSize }
  const ids: string[] = []
  for await (const { id, publishError } of client.events.iterate(query)) {
    if (publishError === null && !seen.has(id)) ids.push(id)
  }
  return ids.reverse()
}

async function readExactly(client: PosthornClient, id: string): Promise<FollowedEvent> {
  return exactJsonOf(await client.events.getJson(id)) as FollowedEvent
}

/** No look goes back so far again. */
function forget(seen: Set<string>, beforeMs: number): void {
  for (const id of seen) if (timeOfId(id) < beforeMs) seen.delete(id)
}

/** Whether the server, or the way to it, may be back later. */
function isPassing(error: unknown): error is Error {
  if (error instanceof PosthornApiError) return error.status >= 500 || error.status === 429
  return error instanceof TypeError
}

import type { Event, PosthornClient, PulledEvent } from '@posthorn/sdk'
import type { ContextStore } from './context-store.ts'

const subscription = 'uid:ai-context'
/** Longer than any statement of Posthorn may take: whoever published without knowing the subscription has ended by then. */
const overlapMs = 15_000

/**
 * Fills the store and keeps it up to date until `signal` aborts. First the subscription, so that nothing new is missed;
 * then what was before it, from the history; both overlap, and the store takes each event once.
 */
export async function gather(
  client: PosthornClient,
  store: ContextStore,
  signal: AbortSignal,
): Promise<void> {
  const { createdAt } = await client.subscriptions.put(subscription, {
    mode: 'pull',
    organisationId: null,
    description: 'AI context service',
    ordering: 'entity',
  })
  const backfilling = store.isBackfilled
    ? undefined
    : backfill(client, store, Date.parse(createdAt) + overlapMs, signal)
  const consuming = client.subscriptions.consume(subscription, ({ event }) => store.add([event]), {
    signal,
    limit: 500,
  })
  await Promise.all([backfilling, consuming])
}

async function backfill(
  client: PosthornClient,
  store: ContextStore,
  untilMs: number,
  signal: AbortSignal,
): Promise<void> {
  for await (const page of client.events.follow({ cursor: store.cursor, limit: 250 }, { signal })) {
    store.add(page.data.map(asPulled), page.nextCursor)
    if (page.caughtUp && Date.parse(page.until) > untilMs) return store.markBackfilled()
  }
}

/** The history has the event as it is stored, a delivery as a webhook carries it. */
function asPulled({ eventType, createdAt, data, ...event }: Event): PulledEvent {
  return { ...event, type: eventType, timestamp: createdAt, data: data as PulledEvent['data'] }
}

import { EventEmitter } from 'node:events'

/**
 * Hints between the parts of one process, so that nothing waits for a poll: `subscriptions` when one changed, `queue`
 * when deliveries became due outside the dispatcher, `events` when some wait to be published, `replays` when one may go
 * on. A lost hint costs time only: every listener also polls.
 */
export type Signals = EventEmitter<{ subscriptions: []; queue: []; events: []; replays: [] }>

export function createSignals(): Signals {
  return new EventEmitter()
}

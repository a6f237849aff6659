import type { CompiledSubscription } from '../subscriptions/index.ts'
import type { ReplayMode } from './schemas.ts'
import type { Verdict } from './window.ts'

export interface FinishedDelivery {
  status: 'succeeded' | 'failed' | 'cancelled'
  /** Whether its event still is. */
  eventRetained: boolean
}

/** Whether a delivery of the ledger is sent again. A paused subscription that the replay names is waited for. */
export function judgeFinished(
  delivery: FinishedDelivery,
  subscription: CompiledSubscription['status'] | undefined,
  mode: ReplayMode,
): Verdict {
  if (mode === 'failed' && delivery.status === 'succeeded') return 'succeeded'
  if (!delivery.eventRetained) return 'beyondRetention'
  if (subscription === 'paused') return 'paused'
  return subscription === 'active' ? 'send' : 'inactive'
}

/** Whether an event that matches has no delivery yet. One that is not published is about to get its own. */
export function judgeEvent(
  existing: 'pending' | FinishedDelivery['status'] | undefined,
  published: boolean,
  subscription: CompiledSubscription['status'] | undefined,
): Verdict {
  if (existing === 'succeeded' || existing === 'pending') return existing
  if (existing !== undefined) return 'failed'
  if (!published) return 'pending'
  if (subscription === 'paused') return 'paused'
  return subscription === 'active' ? 'send' : 'inactive'
}

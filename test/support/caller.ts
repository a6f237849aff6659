import type { Caller } from '../../server/kernel/caller.ts'
import { actorWith } from './actor.ts'

/** For verbs that are called without a request. */
export const testCaller: Caller = {
  actor: actorWith({ name: 'test' }),
  ipAddress: null,
  userAgent: null,
  requestId: 'test',
}

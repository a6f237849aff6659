import type { Caller } from '../../server/kernel/caller.ts'

/** For verbs that are called without a request. */
export const testCaller: Caller = {
  actor: { kind: 'api_key', id: 'k', name: 'test', organisationId: null, scopes: ['admin'] },
  ipAddress: null,
  userAgent: null,
  requestId: 'test',
}

import type { Tx } from '../database/database.ts'
import type { Claim } from '../kernel/caller.ts'
import { idempotencyErrors } from './errors.ts'

/**
 * In the transaction of a change: notes that the request was carried out, or undoes the change if another process has
 * taken the request over meanwhile. Both happen or neither, so a request is never carried out twice.
 * @throws idempotency_in_progress
 */
export async function markApplied(tx: Tx, { digest, id }: Claim): Promise<void> {
  const marked = await tx`
    update idempotency_keys set applied_at = now() where digest = ${digest} and claim = ${id} returning 1 as one`
  if (marked.length === 1) return
  throw idempotencyErrors.idempotency_in_progress({ retryAfterSeconds: 1 })
}

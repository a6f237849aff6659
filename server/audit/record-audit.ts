import type { Tx } from '../database/database.ts'
import { markApplied } from '../idempotency/index.ts'
import type { Caller } from '../kernel/caller.ts'
import { newId, timeOfId } from '../kernel/ids.ts'
import { changesOf, type Facts } from './changes.ts'
import type { AuditAction } from './schemas.ts'

export interface AuditRecord {
  action: AuditAction
  /** Whose log it belongs to; null for the platform's. */
  organisationId: string | null
  /** What it was done to; its kind is what the action begins with. */
  targetId: string
  /** The thing before and after, whole: what did not change is left out here, and secrets are masked. */
  before?: Facts | undefined
  after?: Facts | undefined
}

/**
 * Writes down who did what, in the transaction that does it: both happen, or neither. `system` is Posthorn by itself.
 * @throws idempotency_in_progress when another process carries out the same request
 */
export async function recordAudit(
  tx: Tx,
  by: Caller | 'system',
  record: AuditRecord,
): Promise<void> {
  if (by !== 'system' && by.claim) await markApplied(tx, by.claim)
  const id = newId()
  const { action, organisationId, targetId } = record
  const targetKind = action.slice(0, action.indexOf('.'))
  const { before, after } = changesOf(record.before, record.after)
  const caller = by === 'system' ? undefined : by
  await tx`
    insert into audit_log (id, organisation_id, actor_kind, actor_id, actor_name, action, target_kind, target_id,
      before, after, ip_address, user_agent, request_id, created_at)
    values (${id}, ${organisationId}, ${caller?.actor.kind ?? 'system'}, ${caller?.actor.id ?? null},
      ${caller?.actor.name ?? null}, ${action}, ${targetKind}, ${targetId},
      ${before && JSON.stringify(before)}::text::jsonb, ${after && JSON.stringify(after)}::text::jsonb,
      ${caller?.ipAddress ?? null}, ${caller?.userAgent ?? null}, ${caller?.requestId ?? null},
      ${new Date(timeOfId(id))})`
}

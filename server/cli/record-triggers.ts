import { recordAudit } from '../audit/index.ts'
import type { Tx } from '../database/database.ts'
import type { Capture } from '../triggers/index.ts'
import { operator } from './operator.ts'

/** Writes into the audit log that triggers of these tables come or go, in the transaction that does it. */
export async function recordTriggers(
  tx: Tx,
  action: 'triggers.applied' | 'triggers.dropped',
  captures: readonly Capture[],
): Promise<void> {
  // Triggers may be dropped where Posthorn itself is gone already.
  const [found] = await tx<
    { exists: boolean }[]
  >`select to_regclass('audit_log') is not null as exists`
  if (!found?.exists) return
  const by = operator()
  for (const { schema, table, ...capture } of captures) {
    const facts = action === 'triggers.applied' ? { after: capture } : { before: capture }
    await recordAudit(tx, by, {
      action,
      organisationId: null,
      targetId: `${schema}.${table}`,
      ...facts,
    })
  }
}

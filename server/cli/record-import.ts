import { recordAudit } from '../audit/index.ts'
import type { Ground } from '../imports/index.ts'
import { operator } from './operator.ts'

/**
 * Writes into the audit log, around `work`, that an import of the mapped table begins with these settings, and what
 * came of it. One that was killed has begun and not finished.
 */
export async function recordImport<Report>(
  { target, mapping }: Ground,
  settings: Record<string, unknown>,
  work: () => Promise<Report>,
  describe: (report: Report) => Record<string, unknown>,
): Promise<Report> {
  const by = operator()
  const record = (
    action: 'import.started' | 'import.finished',
    after: Record<string, unknown>,
  ): Promise<void> =>
    target.transaction((tx) =>
      recordAudit(tx, by, { action, organisationId: null, targetId: mapping.table, after }),
    )
  await record('import.started', settings)
  const report = await work()
  await record('import.finished', describe(report))
  return report
}

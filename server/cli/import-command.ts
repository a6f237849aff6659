import type { Command } from 'commander'
import { type ImportReport, importRows } from '../imports/index.ts'
import { type GroundFlags, groundCommand, wholeNumber, withGround } from './import-ground.ts'
import { showProgress } from './import-progress.ts'
import type { Io } from './io.ts'
import { recordImport } from './record-import.ts'

interface ImportFlags extends GroundFlags {
  since?: number
  until?: number
  deliver?: true
  dryRun?: true
  limit?: number
  rate?: number
  json?: true
}

export function importCommand(io: Io): Command {
  return groundCommand('import')
    .description('make events of the rows of an old table; to run it again is to go on')
    .option('--deliver', 'send them to the subscriptions; otherwise they are history')
    .option('--dry-run', 'write nothing but the rejects')
    .option('--limit <n>', 'new events at most', wholeNumber(1))
    .option('--rate <n>', 'rows per second at most', wholeNumber(1))
    .option('--rejects <file>', 'rows that are no events, and why (beside the mapping)')
    .action(async (flags: ImportFlags) => {
      const rejects = flags.rejects ?? `${flags.mapping.replace(/\.json$/, '')}.rejects.jsonl`
      const view = showProgress(io)
      const { deliver = false, dryRun = false, limit, since: sinceMs, until: untilMs } = flags
      const settings = { deliver, limit, sinceMs, untilMs }
      const report = await withGround(io, { ...flags, rejects }, (ground) => {
        const work = () =>
          importRows({
            ...ground,
            ...settings,
            dryRun,
            rowsPerSecondMax: flags.rate,
            onProgress: view.update,
          })
        return dryRun ? work() : recordImport(ground, settings, work, outcomeOf)
      }).finally(view.end)
      const file = report.rejected > 0 ? rejects : null
      io.out(
        flags.json ? `${JSON.stringify({ ...report, rejects: file })}\n` : describe(report, file),
      )
    })
}

const outcomeOf = ({ imported, present, rejected, isComplete }: ImportReport) => ({
  imported,
  present,
  rejected,
  isComplete,
})

function describe(report: ImportReport, rejects: string | null): string {
  const { read, rows, expired, retainedSince, retentionDays, present, rejected } = report
  const imported = report.dryRun ? 'would be imported' : 'imported'
  const lines = [
    `${report.table}: ${read} of ${rows} rows read.`,
    `  ${report.imported} ${imported}, ${present} were there already.`,
  ]
  if (rejected > 0) lines.push(`  ${rejected} are no events; see ${rejects} for the reasons.`)
  if (expired > 0)
    lines.push(
      `  ${expired} are older than ${retainedSince.slice(0, 10)} and were skipped: events are kept for ${retentionDays} days.`,
      '  To have them, raise POSTHORN_RETENTION_EVENTS_DAYS here and for every server, restart those, and run this again.',
    )
  if (!report.isComplete) lines.push('  There is more: run the same command again to go on.')
  return `${lines.join('\n')}\n`
}

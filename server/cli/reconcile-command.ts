import { type Command, CommanderError, Option } from 'commander'
import { comparedFields, type ReconcileReport, reconcile } from '../imports/index.ts'
import { type GroundFlags, groundCommand, wholeNumber, withGround } from './import-ground.ts'
import type { Io } from './io.ts'
import { recordImport } from './record-import.ts'

interface ReconcileFlags extends GroundFlags {
  since?: number
  until?: number
  tolerance: number
  ignore?: (typeof comparedFields)[number][]
  fix?: true
  deliver?: true
  json?: true
}

export function reconcileCommand(io: Io): Command {
  return groundCommand('reconcile')
    .description('compare an old table with domain_events: what is in one and not in the other')
    .option(
      '--tolerance <seconds>',
      'how far apart the times of a row and its event may be',
      wholeNumber(0),
      5,
    )
    .addOption(new Option('--ignore <fields...>', 'fields that may differ').choices(comparedFields))
    .option('--fix', 'import what is missing in domain_events')
    .option('--deliver', 'with --fix: send it to the subscriptions')
    .option('--rejects <file>', 'write there which rows are no events, and why')
    .addHelpText('after', '\nExit codes: 0 nothing differs, 1 something does.')
    .action(async (flags: ReconcileFlags) => {
      const { deliver = false, since: sinceMs, until: untilMs } = flags
      const report = await withGround(io, flags, (ground) => {
        const work = () =>
          reconcile({
            ...ground,
            sinceMs,
            untilMs,
            toleranceMs: flags.tolerance * 1000,
            ignore: flags.ignore ?? [],
            fix: flags.fix && { deliver },
          })
        const outcomeOf = ({ fixed, isComplete }: ReconcileReport) => ({
          imported: fixed,
          isComplete,
        })
        return flags.fix
          ? recordImport(ground, { deliver, sinceMs, untilMs }, work, outcomeOf)
          : work()
      })
      io.out(flags.json ? `${JSON.stringify(report)}\n` : describe(report))
      // Everything is said; only the exit code is left.
      if (!report.isEqual) throw new CommanderError(1, 'posthorn.different', '')
    })
}

function describe(report: ReconcileReport): string {
  const { table, rows, events, rejected, fixed, examples } = report
  const lines = [
    `${table} and domain_events from ${report.since} to ${report.until}`,
    `  ${rows} rows, ${events} events` +
      (rejected > 0 ? `, ${rejected} rows that are no events` : ''),
  ]
  const differing = report.counts.filter(
    (count) => count.missingInEvents + count.missingInTable + count.different > 0,
  )
  for (const { day, eventType, missingInEvents, missingInTable, different } of differing)
    lines.push(
      `  ${day} ${eventType}: ${missingInEvents} missing in domain_events, ` +
        `${missingInTable} missing in ${table}, ${different} different`,
    )
  const titles = {
    missingInEvents: 'Missing in domain_events',
    missingInTable: `Missing in ${table}`,
    different: 'Different',
  }
  for (const kind of ['missingInEvents', 'missingInTable', 'different'] as const) {
    if (examples[kind].length > 0) lines.push(`${titles[kind]}, such as`)
    for (const { id, eventType, createdAt, key, fields } of examples[kind])
      lines.push(
        `  ${eventType} of ${createdAt}, ${key ? `row ${key.join(', ')}, ` : ''}event ${id}` +
          (fields ? `: ${fields.join(', ')}` : ''),
      )
  }
  if (fixed > 0) lines.push(`${fixed} of the missing events were imported.`)
  if (!report.isComplete) lines.push('It was stopped before the end.')
  lines.push(report.isEqual ? 'Nothing differs.' : 'They differ.')
  return `${lines.join('\n')}\n`
}

import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { connectDatabase, type Database } from '../database/database.ts'
import { commonErrors } from '../kernel/errors.ts'
import { silentLogger } from '../kernel/logger.ts'
import {
  type Capture,
  createTriggerSql,
  dropTriggerSql,
  planCapture,
  readTable,
} from '../triggers/index.ts'
import { addCaptureOptions, type CaptureFlags, readCaptures } from './capture-flags.ts'
import type { Io } from './io.ts'
import { recordTriggers } from './record-triggers.ts'

interface TriggersFlags extends CaptureFlags {
  out?: string
  drop?: true
  apply?: true
  json?: true
}

/** Prints SQL, and changes nothing unless it is told to. */
export function triggersCommand(io: Io): Command {
  const command = new Command('triggers').description(
    'print SQL for triggers that write an event for each row of a table that changes',
  )
  return addCaptureOptions(command)
    .option('--drop', 'remove the triggers instead')
    .option('--out <file>', 'write the SQL to a file')
    .option('--apply', 'run the SQL on DATABASE_URL, in one transaction')
    .option('--json', 'print { sql, tables, isApplied } as JSON')
    .addHelpText(
      'after',
      '\nRead the SQL and keep it with your migrations. With DATABASE_URL, tables and columns are checked there.' +
        '\nThe schema of Posthorn is that of POSTHORN_SCHEMA, else posthorn.',
    )
    .action(async (flags: TriggersFlags) => {
      if (flags.config === undefined && (flags.table === undefined || flags.entity === undefined))
        command.error(
          'Which table, and what is it? Use --table <name> --entity <type>, or --config <file>.',
        )
      const captures = await readCaptures(flags)
      const posthorn = io.env['POSTHORN_SCHEMA'] || 'posthorn'
      const sql = await withDatabaseIfAny(io, posthorn, async (db) => {
        const script = flags.drop
          ? captures.map((capture) => dropTriggerSql(capture, posthorn)).join('')
          : await generate(captures, posthorn, db)
        if (flags.apply) await apply(script, db, captures, flags.drop ?? false)
        return script
      })
      if (flags.out !== undefined) writeFileSync(flags.out, sql)
      report(io, flags, captures, sql)
    })
}

async function generate(
  captures: readonly Capture[],
  posthorn: string,
  db: Database | undefined,
): Promise<string> {
  const scripts: string[] = []
  for (const capture of captures) {
    const facts = db && (await readTable(db, capture, posthorn))
    scripts.push(createTriggerSql(planCapture(capture, facts), posthorn))
  }
  return scripts.join('\n')
}

async function apply(
  script: string,
  db: Database | undefined,
  captures: readonly Capture[],
  isDrop: boolean,
): Promise<void> {
  if (!db) {
    const issue = {
      field: 'DATABASE_URL',
      message: 'is not set',
      fix: 'Set it, or leave out --apply.',
    }
    throw commonErrors.validation_failed({ detail: 'There is no database.', issues: [issue] })
  }
  await db.transaction(async (tx) => {
    // The table is locked against writes for a moment; behind a long transaction, all others would wait as well.
    await tx`set local lock_timeout = '3s'`
    await tx.unsafe(script)
    await recordTriggers(tx, isDrop ? 'triggers.dropped' : 'triggers.applied', captures)
  })
}

async function withDatabaseIfAny<T>(
  io: Io,
  schema: string,
  work: (db: Database | undefined) => Promise<T>,
): Promise<T> {
  const url = io.env['DATABASE_URL']
  if (!url) return work(undefined)
  const options = { applicationName: 'posthorn triggers', maxConnections: 1, log: silentLogger }
  const db = connectDatabase({ url, schema, ...options })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

function report(io: Io, flags: TriggersFlags, captures: readonly Capture[], sql: string): void {
  const tables = captures.map(({ schema, table }) => `${schema}.${table}`)
  const isApplied = flags.apply === true
  if (flags.json) {
    io.out(`${JSON.stringify({ sql, tables, isApplied })}\n`)
    return
  }
  if (flags.out === undefined && !isApplied) io.out(sql)
  if (flags.out !== undefined) io.err(`The SQL is in ${flags.out}.\n`)
  if (isApplied) io.err(`Applied to ${tables.join(', ')}.\n`)
}

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { connectDatabase } from '../database/database.ts'
import type { DatabaseUrl } from '../database/database-url.ts'
import { checkMapping, type Ground, parseMapping, type Reject } from '../imports/index.ts'
import { systemClock } from '../kernel/clock.ts'
import { commonErrors } from '../kernel/errors.ts'
import { silentLogger } from '../kernel/logger.ts'
import { resolveOptions } from '../options.ts'
import type { Io } from './io.ts'
import { withDatabase } from './with-database.ts'

/** A count over a large table takes its time. */
const queryTimeoutMs = 600_000

export interface GroundFlags {
  mapping: string
  sourceUrl?: string
  rejects?: string
}

/** The options that `import` and `reconcile` share. */
export function groundCommand(name: string): Command {
  return new Command(name)
    .requiredOption('--mapping <file>', 'how the rows of the old table become events, as JSON')
    .option('--source-url <url>', 'the database of the old table (DATABASE_URL)')
    .option('--since <time>', 'rows of this time and later, such as 2026-01-31T00:00:00Z', time)
    .option('--until <time>', 'rows before this time', time)
    .option('--json', 'print the report as JSON')
}

/**
 * Opens both databases, holds the mapping against the old table, does the work, and closes.
 * @throws validation_failed when the file cannot be read; import_mapping_invalid listing every mistake in it
 */
export async function withGround<Result>(
  io: Io,
  flags: GroundFlags,
  work: (ground: Ground) => Promise<Result>,
): Promise<Result> {
  const mapping = await parseMapping(readJson(flags.mapping))
  return withDatabase(io, async (options) => {
    const { database, schema, retentionDays } = resolveOptions(options)
    // Whatever the expressions of a mapping do, they change nothing.
    const readOnly = { default_transaction_read_only: 'on' }
    const source = open('source', flags.sourceUrl ?? database, 'public', readOnly)
    const target = open('import', database, schema, {})
    const rejects = createRejects(flags.rejects)
    try {
      for (const warning of await checkMapping(source, mapping)) io.err(`Slow: ${warning}\n`)
      return await work({
        source,
        target,
        mapping,
        retentionDays: retentionDays.events,
        clock: systemClock,
        log: silentLogger,
        signal: io.signal,
        onReject: rejects.write,
      })
    } finally {
      rejects.close()
      await Promise.all([source.close(), target.close()])
    }
  })
}

function open(name: string, url: DatabaseUrl, schema: string, settings: Record<string, string>) {
  return connectDatabase({
    url,
    schema,
    settings,
    queryTimeoutMs,
    applicationName: `posthorn ${name}`,
    maxConnections: 2,
    log: silentLogger,
  })
}

/** A file of JSON lines, made with the first of them, so that none is left behind when there are none. */
function createRejects(path: string | undefined) {
  let file: number | undefined
  return {
    write(reject: Reject): void {
      if (path === undefined) return
      file ??= openSync(path, 'w')
      writeSync(file, `${JSON.stringify(reject)}\n`)
    },
    close(): void {
      if (file !== undefined) closeSync(file)
    },
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const message = `names ${path}, which cannot be read: ${(error as Error).message}`
    const issue = { field: '--mapping', message, fix: 'Name a JSON file.' }
    throw commonErrors.validation_failed({ detail: 'There is no mapping.', issues: [issue] })
  }
}

/** Milliseconds since 1970. */
function time(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || !/^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(text))
    throw new InvalidArgumentError('Write a day, or date, time and zone: 2026-01-31T00:00:00Z.')
  return ms
}

/** For options that take a number of something, zero only where it means something. */
export function wholeNumber(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < min)
      throw new InvalidArgumentError(`Use a whole number from ${min} on.`)
    return value
  }
}

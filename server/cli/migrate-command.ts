import { Command } from 'commander'
import { createPosthorn } from '../create-posthorn.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Io } from './io.ts'
import { withDatabase } from './with-database.ts'

/** One thing that migrating did, or could not do. */
interface Step {
  level: 'info' | 'warn'
  message: string
  /** What it was done to. */
  [fact: string]: unknown
}

export function migrateCommand(io: Io): Command {
  return new Command('migrate')
    .description(
      'bring the schema of DATABASE_URL up to date: tables, partitions, roles, catalogue',
    )
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      '\n`start` does so too. Run it by itself where the processes may not change the schema; any number may at once.',
    )
    .action(async ({ json }: { json?: boolean }) => {
      await withDatabase(io, async (options) => {
        const steps: Step[] = []
        const posthorn = createPosthorn({ ...options, log: collect(steps) })
        await posthorn.migrate().finally(() => posthorn.close())
        const { schema = 'posthorn' } = options
        io.out(json ? `${JSON.stringify({ schema, steps })}\n` : describe(schema, steps))
      })
    })
}

/** What migrating would log is what it did. */
function collect(steps: Step[]): Logger {
  const keep = (level: Step['level']) => (fields: object, message: string) =>
    void steps.push({ level, message, ...fields })
  return { debug() {}, info: keep('info'), warn: keep('warn'), error: keep('warn') }
}

function describe(schema: string, steps: readonly Step[]): string {
  const counts = new Map<string, number>()
  for (const { message } of steps) counts.set(message, (counts.get(message) ?? 0) + 1)
  const lines = [...counts].map(
    ([message, count]) => `  ${message}${count > 1 ? ` × ${count}` : ''}`,
  )
  const done = steps.some(({ level }) => level === 'info') ? 'is up to date now' : 'was up to date'
  return [`The schema ${schema} ${done}.`, ...lines, ''].join('\n')
}

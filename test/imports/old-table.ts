import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run as runProgram } from '../../server/cli/program.ts'
import type { Database } from '../../server/database/database.ts'
import { connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

export const organisationId = '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f'

/** An old table as the founding decision record has it, and how its rows become events. */
export const mapping = {
  table: 'public.issue_events',
  key: 'id',
  time: 'created_at',
  event: {
    entityType: { constant: 'Issue' },
    entityId: { column: 'issue_id' },
    eventType: {
      column: 'type',
      map: { status_changed: 'IssueStatusChanged', note_added: 'IssueNoteAdded' },
    },
    organisationId: { column: 'organisation_id' },
    userId: { column: 'user_id' },
    data: { column: 'payload' },
  },
}

const createTable = `
  create table public.issue_events (
    id bigint generated always as identity primary key,
    issue_id uuid not null, organisation_id uuid, user_id text,
    type text not null, payload jsonb, created_at timestamptz);
  create index on public.issue_events (created_at, id)`

export interface OldTable {
  database: TestDatabase
  db: Database
  folder: string
  /** Inserts rows a second apart; the last is so many minutes old. */
  fill(rows: number, minutesOld?: number): Promise<void>
  import(args?: string[], more?: RunOptions): Promise<Run>
  reconcile(args?: string[], more?: RunOptions): Promise<Run>
  count(where?: string): Promise<number>
  close(): Promise<void>
}

interface RunOptions {
  mapping?: unknown
  env?: Record<string, string>
  signal?: AbortSignal
  isTerminal?: boolean
  isText?: boolean
}

interface Run {
  exitCode: number
  /** What `--json` prints, an error as well. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not.
  report: any
  out: string
  err: string
}

/** A migrated database that has an `issue_events` beside Posthorn's schema. Events are retained for three days. */
export async function createOldTable(): Promise<OldTable> {
  const database = await createTestDatabase()
  const db = connectTo(database)
  await db.query((sql) => sql.unsafe(createTable).simple())
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-import-'))

  async function run(command: string, args: string[], more: RunOptions = {}): Promise<Run> {
    const file = join(folder, 'mapping.json')
    writeFileSync(file, JSON.stringify(more.mapping ?? mapping))
    let [out, err] = ['', '']
    const format = more.isText ? [] : ['--json']
    const exitCode = await runProgram([command, '--mapping', file, ...format, ...args], {
      env: { DATABASE_URL: database.url, POSTHORN_RETENTION_EVENTS_DAYS: '3', ...more.env },
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
      isTerminal: more.isTerminal ?? false,
      signal: more.signal ?? new AbortController().signal,
    })
    return { exitCode, out, err, report: out.startsWith('{') ? JSON.parse(out) : undefined }
  }

  return {
    database,
    db,
    folder,
    async fill(rows, minutesOld = 10) {
      await db.query(
        (sql) => sql`
          insert into public.issue_events (issue_id, organisation_id, user_id, type, payload, created_at)
          select gen_random_uuid(), ${organisationId}, gen_random_uuid(),
            case when n % 3 = 0 then 'note_added' else 'status_changed' end,
            jsonb_build_object('n', n, 'note', 'Wasser läuft 🚰'),
            now() - ${minutesOld}::int * interval '1 minute' - (${rows}::int - n) * interval '1.000001 seconds'
          from generate_series(1, ${rows}::int) n`,
      )
    },
    import: (args = [], more) => run('import', args, more),
    reconcile: (args = [], more) => run('reconcile', args, more),
    async count(where = 'true') {
      const [row] = await db.query((sql) =>
        sql.unsafe<{ events: number }[]>(
          `select count(*) events from domain_events where ${where}`,
        ),
      )
      return row?.events ?? 0
    },
    async close() {
      await db.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

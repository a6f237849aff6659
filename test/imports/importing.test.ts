import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventIdOf } from '../../server/imports/index.ts'
import { until } from '../support/organisation.ts'
import { createOldTable, mapping, type OldTable, organisationId } from './old-table.ts'

let old: OldTable

beforeEach(async () => {
  old = await createOldTable()
})

afterEach(() => old.close())

const rejects = (): { key: string[]; reasons: string[] }[] =>
  readFileSync(join(old.folder, 'mapping.rejects.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Rows whose event does not say the same, to the microsecond and by jsonb's equality. */
const unlike = async (): Promise<number> => {
  const [row] = await old.db.query(
    (sql) => sql<{ unlike: number }[]>`
      select count(*) as unlike from (
        select issue_id, organisation_id, user_id::uuid, payload, created_at,
          case type when 'note_added' then 'IssueNoteAdded' else 'IssueStatusChanged' end
        from public.issue_events
        except
        select entity_id, organisation_id, user_id, data, created_at, event_type
        from domain_events where entity_type = 'Issue' and published_at is not null) _`,
  )
  return row?.unlike ?? -1
}

test('every row becomes an event that says the same at the same time, and is not delivered', async () => {
  await old.fill(2500)
  await old.db.query(
    (sql) => sql`
      insert into public.issue_events (issue_id, organisation_id, user_id, type, payload, created_at)
      values (${organisationId}, ${organisationId}, null, 'note_added',
        '{"ü\\"\\\\": [1.10, 12345678901234567890.5, null, "\\u001f\\n☃"], "nested": {"deep": {}}}',
        date_trunc('second', now()) - interval '1 hour' + interval '0.123456 seconds')`,
  )
  const { report, exitCode } = await old.import()
  expect({ ...report, exitCode }).toMatchObject({
    exitCode: 0,
    rows: 2501,
    imported: 2501,
    present: 0,
    rejected: 0,
    expired: 0,
    isComplete: true,
    rejects: null,
  })
  expect(await unlike()).toBe(0)
  expect(await old.count()).toBe(2501)
  expect(await old.count('published_at is null')).toBe(0)
})

test('a second run inserts nothing', async () => {
  await old.fill(1200)
  await old.import()
  await old.fill(1, 5)
  expect((await old.import()).report).toMatchObject({ imported: 1, present: 1200 })
  expect((await old.import()).report).toMatchObject({ imported: 0, present: 1201 })
  expect(await old.count()).toBe(1201)
})

test('an import that is killed goes on when it is started again, and nothing is twice', async () => {
  await old.fill(6000)
  await old.import(['--dry-run'])
  const flags = ['--conditions=posthorn-source', 'server/cli/main.ts', 'import', '--rate', '2000']
  const env = {
    ...process.env,
    DATABASE_URL: old.database.url,
    POSTHORN_RETENTION_EVENTS_DAYS: '3',
  }
  const child = spawn(process.execPath, [...flags, '--mapping', join(old.folder, 'mapping.json')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await until(async () => (await old.count()) > 500, 60_000)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const before = await old.count()
  expect(before).toBeLessThan(6000)
  const { report } = await old.import()
  expect(report).toMatchObject({ present: before, imported: 6000 - before, isComplete: true })
  expect(await unlike()).toBe(0)
  expect(await old.count()).toBe(6000)
}, 90_000)

test('what is no event is left out with its reasons, and everything else is imported', async () => {
  await old.fill(100)
  const insert = (values: string) =>
    old.db.query((sql) =>
      sql.unsafe(
        `insert into public.issue_events (issue_id, organisation_id, user_id, type, payload, created_at)
         values ${values}`,
      ),
    )
  const [id, ago] = [`'${organisationId}'`, `now() - interval '1 hour'`]
  await insert(`(${id}, null, null, 'note_added', '{}', ${ago})`)
  await insert(`(${id}, ${id}, 'bob', 'merged', '[]', ${ago})`)
  await insert(
    `(${id}, ${id}, null, 'note_added', '{}', null), (${id}, ${id}, null, 'note_added', '{}', 'infinity')`,
  )
  await insert(`(${id}, ${id}, null, 'note_added', '{}', now() + interval '1 hour')`)
  const huge = `jsonb_build_object('text', repeat('x', 262144))`
  await insert(`(${id}, ${id}, null, 'note_added', ${huge}, ${ago})`)
  const { report } = await old.import()
  expect(report).toMatchObject({ rows: 106, read: 106, imported: 100, rejected: 6 })
  expect(rejects().map(({ key, reasons }) => [key[0], reasons])).toEqual([
    ['101', ['organisationId is null']],
    [
      '102',
      [
        'eventType: the map has no entry for "merged"',
        'userId: "bob" is not a UUID',
        'data is array, not an object',
      ],
    ],
    ['106', ['data is larger than 256 KiB']],
    ['105', ['the time lies in the future']],
    ['103', ['the time is null or infinite']],
    ['104', ['the time is null or infinite']],
  ])
})

test('a value that Postgres cannot compute costs its own row only', async () => {
  await old.fill(300)
  const event = {
    ...mapping.event,
    data: { fields: { share: { sql: `1 / ((payload->>'n')::int - 150)` } } },
  }
  const { report } = await old.import([], { mapping: { ...mapping, event } })
  expect(report).toMatchObject({ read: 300, imported: 299, rejected: 1 })
  expect(rejects()).toMatchObject([
    { key: ['150'], reasons: [expect.stringContaining('division by zero')] },
  ])
})

test('rows older than the retained time are counted, and imported once that is raised', async () => {
  await old.fill(10)
  await old.fill(10, 20 * 24 * 60)
  expect((await old.import()).report).toMatchObject({ imported: 10, expired: 10, retentionDays: 3 })
  const env = { POSTHORN_RETENTION_EVENTS_DAYS: '30' }
  expect((await old.import([], { env })).report).toMatchObject({
    imported: 10,
    present: 10,
    expired: 0,
  })
  expect(await unlike()).toBe(0)
})

test('partitions that a longer retention made stay, although the import knows a shorter one', async () => {
  await old.fill(1, 20 * 24 * 60)
  await old.import([], { env: { POSTHORN_RETENTION_EVENTS_DAYS: '30' } })
  await old.import([], { env: { POSTHORN_RETENTION_EVENTS_DAYS: '1' } })
  expect(await old.count()).toBe(1)
})

test('a limit, a dry run and a time bound do what they say', async () => {
  await old.fill(1000)
  expect((await old.import(['--dry-run'])).report).toMatchObject({ imported: 1000, dryRun: true })
  expect(await old.count()).toBe(0)
  expect((await old.import(['--limit', '300'])).report).toMatchObject({
    imported: 300,
    isComplete: false,
  })
  expect((await old.import(['--limit', '300'])).report).toMatchObject({
    imported: 300,
    present: 300,
  })
  const middle = new Date(Date.now() - (10 * 60 + 100) * 1000).toISOString()
  const { report } = await old.import(['--since', middle])
  expect(report.imported).toBe(report.rows)
  expect(await old.count()).toBe(600 + report.rows)
})

test('one that is told to stop says so, and goes on when it is started again', async () => {
  await old.fill(1000)
  const { report } = await old.import([], { signal: AbortSignal.abort() })
  expect(report).toMatchObject({ isComplete: false })
  expect((await old.import()).report.present).toBe(report.imported)
  expect(await old.count()).toBe(1000)
})

test('with --deliver the events wait for a dispatcher', async () => {
  await old.fill(10)
  await old.import(['--deliver'])
  expect(await old.count('published_at is null')).toBe(10)
})

describe('times without zone', () => {
  const inBerlin = { ...mapping, time: 'local_at', timeZone: 'Europe/Berlin' }

  beforeEach(async () => {
    await old.fill(50)
    await old.db.query((sql) =>
      sql
        .unsafe(`
        alter table public.issue_events add local_at timestamp;
        update public.issue_events set local_at = created_at at time zone 'Europe/Berlin'`)
        .simple(),
    )
  })

  test('are those of the zone that the mapping names', async () => {
    expect((await old.import([], { mapping: inBerlin })).report).toMatchObject({ imported: 50 })
    expect(await unlike()).toBe(0)
  })

  test('are refused without a zone', async () => {
    const { timeZone: _, ...without } = inBerlin
    expect(await old.import([], { mapping: without })).toMatchObject({
      exitCode: 2,
      report: {
        error: {
          code: 'import_mapping_invalid',
          issues: [{ field: 'timeZone', message: 'is required, because local_at says no zone' }],
        },
      },
    })
    const { report } = await old.import([], {
      mapping: { ...inBerlin, timeZone: 'Europe/Berlim' },
    })
    expect(report.error.issues).toMatchObject([{ fix: 'Use a name like Europe/Berlin.' }])
  })
})

test('whoever emits with the derived id has imported the row', async () => {
  await old.fill(1)
  const [row] = await old.db.query(
    (sql) =>
      sql<{ id: string; createdAt: Date }[]>`select id::text, created_at from public.issue_events`,
  )
  const { id: key, createdAt } = row ?? { id: '', createdAt: new Date(0) }
  const id = eventIdOf({ table: 'issue_events', key, createdAt })
  await old.db.query(
    (sql) => sql`
      insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, data)
      values (${id}, ${organisationId}, 'Issue', ${organisationId}, 'IssueNoteAdded', '{}')`,
  )
  expect((await old.import()).report).toMatchObject({ imported: 0, present: 1 })
})

test('progress is a bar on a terminal, and silence elsewhere when it is quick', async () => {
  await old.fill(100)
  expect((await old.import([], { isTerminal: true })).err).toContain('100 of 100 rows read')
  const { out, err } = await old.import([], { isText: true })
  expect(err).toBe('')
  expect(out).toContain('0 imported, 100 were there already')
  expect(existsSync(join(old.folder, 'mapping.rejects.jsonl'))).toBe(false)
})

test('what stands on the command line is checked', async () => {
  const wrong = [
    ['--limit', '0'],
    ['--rate', 'x'],
    ['--since', 'monday'],
    ['--until', '2026-01-01T00:00'],
  ]
  for (const args of wrong)
    expect(await old.import(args)).toMatchObject({
      exitCode: 2,
      report: { error: { code: 'usage' } },
    })
  expect(await old.import(['--mapping', 'missing.json'])).toMatchObject({
    exitCode: 2,
    report: { error: { issues: [{ field: '--mapping' }] } },
  })
})

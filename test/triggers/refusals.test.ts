import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FieldIssue } from '../../server/kernel/errors.ts'
import { runCli } from '../cli/run-cli.ts'
import { createTestDatabase } from '../support/database.ts'
import { runTriggers } from './run-triggers.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let sql: postgres.Sql
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthorn-triggers-'))
  database = await createTestDatabase()
  sql = postgres(database.url, { max: 1, fetch_types: false })
  await sql.unsafe(`
    create table issues (id uuid primary key, organisation_id uuid, title text, status text);
    create table tenants (id text primary key, organisation_id text, changes text);
    create view open_issues as select * from issues`)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await sql?.end({ timeout: 5 })
  await database?.drop()
})

const offline = (options: string) => runTriggers(options.split(' '))
const online = (options: string) => runTriggers(options.split(' '), { DATABASE_URL: database.url })

async function issuesOf(run: Promise<unknown>): Promise<FieldIssue[]> {
  const error = await run.then(
    () => undefined,
    (reason) => reason,
  )
  expect(error).toMatchObject({ code: 'validation_failed' })
  return error.issues
}

describe('against the database, a slip is told with what was meant', () => {
  test.each([
    ['--table isues --entity Issue', 'table', 'Did you mean issues?'],
    ['--table open_issues --entity Issue', 'table', 'views have no rows'],
    ['--table issues --entity Issue --exclude titles', 'exclude', 'Did you mean title?'],
    ['--table issues --entity Issue --columns id,titles', 'columns', 'Did you mean title?'],
    ['--table issues --entity Issue --status-column state', 'status-column', 'The table has id,'],
    ['--table issues --entity Issue --id ids', 'id', 'Did you mean id?'],
    ['--table issues --entity Issue --organisation-column org', 'organisation-column', 'The table'],
    ['--table tenants --entity Tenant', 'id', 'Use --map-id'],
    ['--table tenants --entity Tenant', 'organisation-column', "'r.organisation_id::uuid'"],
    ['--table tenants --entity Tenant', 'columns', '--exclude changes'],
    ['--table issues --entity Issue --organisation-sql r.org', 'organisation-sql', 'the row is r'],
    [
      '--table issues --entity Issue --organisation-sql issues.id',
      'organisation-sql',
      'the row is r',
    ],
  ])('%s: %s', async (options, field, fix) => {
    expect(await issuesOf(online(options))).toContainEqual({
      field,
      message: expect.any(String),
      fix: expect.stringContaining(fix),
    })
  })

  test('a database without Posthorn names the command that brings it', async () => {
    const empty = await createTestDatabase('empty')
    const run = runTriggers(['--table', 'issues', '--entity', 'Issue'], { DATABASE_URL: empty.url })
    const issues = await issuesOf(run)
    await empty.drop()
    expect(issues.map(({ fix }) => fix)).toContainEqual(expect.stringContaining('posthorn migrate'))
  })

  test('a status column that is left out of the events is not forgotten', async () => {
    const options = '--table issues --entity Issue --status-column status --exclude status'
    expect(await issuesOf(online(options))).toMatchObject([{ field: 'status-column' }])
  })
})

describe('without a database', () => {
  test('the columns must be named', async () => {
    const [issue] = await issuesOf(offline('--table issues --entity Issue'))
    expect(issue?.fix).toMatch(/DATABASE_URL.*--columns/)
    const { out } = await offline('--table issues --entity Issue --columns id,title')
    await sql.unsafe(out)
    const [trigger] = await sql`select from pg_trigger where tgname = 'posthorn_capture'`
    expect(trigger).toBeDefined()
  })

  test('names that Postgres would cut are refused', async () => {
    const [issue] = await issuesOf(offline(`--table ${'x'.repeat(64)} --entity Issue --columns id`))
    expect(issue).toMatchObject({ field: 'table', message: 'must have at most 63 bytes' })
  })

  test('nothing can be applied', async () => {
    const options = '--table issues --entity Issue --columns id --apply'
    expect(await issuesOf(offline(options))).toMatchObject([{ field: 'DATABASE_URL' }])
  })

  test.each(['--table issues', '--entity Issue', ''])('half a sentence is refused: %s', (options) =>
    expect(runTriggers(options.split(' ').filter(Boolean))).rejects.toThrow(
      /--table <name> --entity <type>, or --config/,
    ),
  )
})

test('nothing is changed unless told so', async () => {
  const { out } = await online('--table issues --entity Report')
  expect(out).toContain('"ReportCreated"'.replaceAll('"', "'"))
  expect(await sql`select from pg_proc where prosrc like '%ReportCreated%'`).toHaveLength(0)
})

test('a file describes several tables; the SQL goes to another', async () => {
  const config = join(folder, 'triggers.json')
  const tables = [
    { table: 'issues', entity: 'Issue', transitions: [{ column: 'status', eventType: 'Moved' }] },
    {
      table: 'tenants',
      entity: 'Tenant',
      mapId: true,
      organisationSql: 'r.organisation_id::uuid',
      exclude: ['changes'],
    },
  ]
  await writeFile(config, JSON.stringify({ tables }))
  const out = join(folder, 'triggers.sql')
  const result = await online(`--config ${config} --out ${out} --json`)
  const { sql: script, ...rest } = JSON.parse(result.out)
  expect(rest).toEqual({ tables: ['public.issues', 'public.tenants'], isApplied: false })
  expect(await readFile(out, 'utf8')).toBe(script)
  await sql.unsafe(script)
  await writeFile(config, JSON.stringify({ tables: [{ ...tables[0], entiti: 'Issue' }] }))
  expect(await issuesOf(online(`--config ${config}`))).toMatchObject([
    { field: 'tables.0.entiti', fix: expect.stringContaining('entity') },
  ])
  await writeFile(config, '{')
  expect(await issuesOf(online(`--config ${config}`))).toMatchObject([{ field: '--config' }])
})

test.each([
  [0, '--table issues --entity Issue'],
  [2, '--table isues --entity Issue'],
  [2, '--table issues'],
  [2, '--table issues --entity Issue --organisation-column a --organisation-sql b'],
])('posthorn triggers ends with %s: %s', async (code, options) => {
  const result = await runCli(['triggers', ...options.split(' ')], { DATABASE_URL: database.url })
  expect(result.code).toBe(code)
  expect(result.out === '').toBe(code !== 0)
  expect(result.err === '').toBe(code === 0)
})

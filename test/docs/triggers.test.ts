import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { triggersCommand } from '../../server/cli/triggers-command.ts'
import { createTestDatabase } from '../support/database.ts'
import { readSnippet } from '../support/snippets.ts'
import { runTriggers } from '../triggers/run-triggers.ts'

const page = 'docs/triggers.md'
let database: Awaited<ReturnType<typeof createTestDatabase>>
let sql: postgres.Sql
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthorn-docs-'))
  database = await createTestDatabase()
  sql = postgres(database.url, { max: 1, fetch_types: false, onnotice: () => undefined })
  await sql.unsafe(`
    create table issues (id uuid primary key, organisation_id uuid, status text, internal_notes text);
    create table comments (id uuid primary key, issue_id uuid, text text)`)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await sql?.end({ timeout: 5 })
  await database?.drop()
})

test('the command of the page writes SQL, whose events bear who did it', async () => {
  const [, , ...args] = readSnippet(page, 'triggers').trim().split(' ')
  const file = join(folder, 'triggers.sql')
  const withFile = args.map((arg) => (arg === 'triggers.sql' ? file : arg))
  await runTriggers(withFile, { DATABASE_URL: database.url })
  await sql.unsafe(await readFile(file, 'utf8'))
  const row = { id: randomUUID(), organisation_id: randomUUID(), status: 'open' }
  await sql.begin(async (tx) => {
    await tx.unsafe(readSnippet(page, 'actor.sql'))
    await tx`insert into issues ${tx({ ...row, internal_notes: 'x' })}`
  })
  const [event] = await sql`select * from posthorn.domain_events`
  expect(event).toMatchObject({
    event_type: 'IssueCreated',
    user_id: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
    correlation_id: '019a8f3e-6c1d-7b52-9e04-3d5a7f1c2b60',
  })
  expect(event?.['data']).toEqual({
    id: row.id,
    organisationId: row.organisation_id,
    status: 'open',
  })
})

test('the file of the page describes tables that are there', async () => {
  const file = join(folder, 'triggers.json')
  await writeFile(file, readSnippet(page, 'triggers.json'))
  const { err } = await runTriggers(['--config', file, '--apply'], { DATABASE_URL: database.url })
  expect(err).toBe('Applied to public.issues, public.comments.\n')
})

test('every option is in the page', async () => {
  const { options } = triggersCommand({
    env: {},
    out() {},
    err() {},
    isTerminal: false,
    signal: new AbortController().signal,
  })
  const text = await readFile(page, 'utf8')
  expect(options.filter(({ long }) => !text.includes(`\`${long}\``))).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile, generateClient } from '../prisma/prisma-app.ts'
import { createTestDatabase } from '../support/database.ts'
import { readSnippet } from '../support/snippets.ts'

const page = 'docs/prisma.md'
let database: Awaited<ReturnType<typeof createTestDatabase>>
let sql: postgres.Sql
let application: ReturnType<typeof generateClient>

beforeAll(async () => {
  database = await createTestDatabase()
  process.env['DATABASE_URL'] = database.url
  sql = postgres(database.url, { max: 1, fetch_types: false })
  await sql`create table issues (id uuid primary key, organisation_id uuid, title text, status text)`
  application = generateClient()
  generateClient({ schema: readSnippet(page, 'posthorn.prisma'), folder: application.folder })
  for (const name of ['emit.ts', 'feed.ts'])
    writeFileSync(join(application.folder, name), readSnippet(page, name))
})

afterAll(async () => {
  delete process.env['DATABASE_URL']
  application?.remove()
  await sql?.end({ timeout: 5 })
  await database?.drop()
})

const load = (name: string) => import(pathToFileURL(join(application.folder, name)).href)

test('the programs of the page are what the compiler takes', () => {
  expect(compile(application.folder, ['emit.ts', 'feed.ts'])).toBe('')
})

test('they write an event with its change, and read it in the history', async () => {
  const [organisationId, id] = [randomUUID(), randomUUID()]
  await sql`insert into issues values (${id}, ${organisationId}, 'Leak', 'open')`
  const { closeIssue, prisma } = await load('emit.ts')
  const { feedOf, history } = await load('feed.ts')
  const event = await closeIssue(id)
  expect(await sql`select status from issues`).toEqual([{ status: 'closed' }])
  const [entry, ...others] = await feedOf(organisationId, id)
  expect(others).toEqual([])
  expect(entry).toMatchObject({
    id: event.id,
    eventType: 'IssueStatusChanged',
    data: { from: 'open', to: 'closed' },
  })
  expect(await feedOf(organisationId, id, event.id)).toEqual([])
  await prisma.$disconnect()
  await history.$disconnect()
})

import { execFile, execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { readSnippet } from '../support/snippets.ts'

const run = promisify(execFile)
const page = 'docs/emitting.md'
let database: TestDatabase
let sql: postgres.Sql
let folder: string

const prismaSchema = `
generator client {
  provider = "prisma-client"
  output   = "generated"
  importFileExtension = "ts"
}
datasource db {
  provider = "postgresql"
}
model issues {
  id     String @id @db.Uuid
  status String
}
`

const host = `
const { closeIssue } = await import('./' + process.argv[2])
await closeIssue(process.argv[3], process.argv[4])
process.exit()
`

beforeAll(async () => {
  database = await createTestDatabase()
  sql = postgres(database.url, { max: 1, onnotice: () => undefined })
  await sql`create table issues (id uuid primary key, status text not null)`
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = mkdtempSync('.posthorn/emitting-')
  writeFileSync(join(folder, 'events.ts'), readSnippet(page, 'events.ts'))
  writeFileSync(join(folder, 'host.ts'), host)
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await sql.end()
  await database.drop()
})

const stored = (organisationId: string) => sql`
  select entity_type, entity_id, event_type, data, published_at from posthorn.domain_events
  where organisation_id = ${organisationId}`

const expected = (entityId: string) => [
  {
    entity_type: 'Issue',
    entity_id: entityId,
    event_type: 'IssueStatusChanged',
    data: { from: 'open', to: 'closed' },
    published_at: null,
  },
]

test.each(['postgres-js.ts', 'pg.ts', 'drizzle.ts', 'prisma.ts'])(
  '%s of the page changes an issue and tells of it',
  async (name) => {
    if (name === 'prisma.ts') {
      writeFileSync(join(folder, 'schema.prisma'), prismaSchema)
      execFileSync('prisma', ['generate', '--schema', join(folder, 'schema.prisma')], {
        // Generating needs no engine, but would download it unless it is said to be there.
        env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
        stdio: 'pipe',
      })
    }
    const [id, organisationId] = [randomUUID(), randomUUID()]
    await sql`insert into issues values (${id}, 'open')`
    writeFileSync(join(folder, name), readSnippet(page, name))
    const args = ['--conditions=posthorn-source', join(folder, 'host.ts'), name, id, organisationId]
    await run(process.execPath, args, { env: { ...process.env, DATABASE_URL: database.url } })
    expect(await sql`select status from issues where id = ${id}`).toEqual([{ status: 'closed' }])
    expect(await stored(organisationId)).toEqual(expected(id))
  },
)

test('the plain INSERT of the page is an event to publish', async () => {
  const [id, organisationId] = [randomUUID(), randomUUID()]
  await sql.unsafe(readSnippet(page, 'plain.sql'), [organisationId, id])
  expect(await stored(organisationId)).toEqual(expected(id))
})

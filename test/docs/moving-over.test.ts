import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../server/database/database.ts'
import { parseMapping } from '../../server/imports/index.ts'
import { connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { readSnippet } from '../support/snippets.ts'

const run = promisify(execFile)
const page = 'docs/moving-over.md'
const example = 'examples/moving-over'
let database: TestDatabase
let db: Database
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, { maxConnections: 2 })
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = mkdtempSync('.posthorn/moving-over-')
  copyFileSync(join(example, 'mapping.json'), join(folder, 'mapping.json'))
  const posthorn = `#!/bin/sh
    exec "${process.execPath}" --conditions=posthorn-source "${resolve('server/cli/main.ts')}" "$@"`
  writeFileSync(join(folder, 'posthorn'), posthorn)
  chmodSync(join(folder, 'posthorn'), 0o755)
  await statement(readFileSync(join(example, 'issue_events.sql'), 'utf8'))
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await db.close()
  await database.drop()
})

const statement = (text: string) => db.query((sql) => sql.unsafe(text).simple())

async function shell(name: string): Promise<string> {
  const { stdout } = await run('sh', ['-ec', readSnippet(page, name)], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${resolve(folder)}${delimiter}${process.env['PATH']}`,
      DATABASE_URL: database.url,
      POSTHORN_RETENTION_EVENTS_DAYS: '3',
    },
  })
  return stdout
}

test('the phases of the page, from the first try to the old table renamed', async () => {
  expect(await shell('try.sh')).toContain('200 would be imported, 0 were there already')
  const rejects = readFileSync(join(folder, 'mapping.rejects.jsonl'), 'utf8')
  expect(rejects).toContain('the map has no entry for \\"merged\\"')
  expect(rejects).toContain('organisationId is null')
  expect(await shell('import.sh')).toContain('200 imported, 0 were there already')
  await shell('reconcile.sh')
  expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({
    isEqual: true,
    rows: 200,
    events: 200,
    rejected: 2,
  })
  expect(await statement(readSnippet(page, 'compare.sql'))).toMatchObject([{ missing: 0 }])
  expect(await statement(readSnippet(page, 'types.sql'))).toHaveLength(4)
  expect(await shell('last.sh')).toMatch(/Nothing differs\.\nclean\n$/)
  await statement(readSnippet(page, 'drop.sql'))
  expect(await statement('select from public.issue_events_until_march')).toHaveLength(202)
}, 90_000)

test('the ids of the page are the same in TypeScript and in SQL', async () => {
  const file = join(folder, 'id.ts')
  writeFileSync(file, readSnippet(page, 'id.ts'))
  const { stdout } = await run(process.execPath, ['--conditions=posthorn-source', file])
  expect(await statement(readSnippet(page, 'id.sql'))).toEqual([{ id: stdout.trim() }])
})

test('the mapping that the page prints is one', async () => {
  const text = /```json\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))?.[1] ?? ''
  expect(await parseMapping(JSON.parse(text))).toMatchObject({ table: 'public.issue_events' })
})

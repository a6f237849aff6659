import { userInfo } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createOldTable, type OldTable } from '../imports/old-table.ts'
import { runTriggers } from '../triggers/run-triggers.ts'

let old: OldTable

beforeEach(async () => {
  old = await createOldTable()
  await old.fill(3)
})

afterEach(() => old.close())

interface Entry {
  action: string
  actorKind: string
  actorId: string
  targetId: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  requestId: string
}

const entries = () =>
  old.db.query(
    (sql) => sql<Entry[]>`
      select action, actor_kind, actor_id, target_id, before, after, request_id from audit_log
      where actor_kind = 'command_line' order by id`,
  )

test('an import is recorded when it begins and when it is done, with who ran it and what came of it', async () => {
  await old.import(['--limit', '2'])
  const [started, finished, ...more] = await entries()
  expect(more).toEqual([])
  const by = { actorId: userInfo().username, targetId: 'public.issue_events' }
  expect(started).toMatchObject({
    ...by,
    action: 'import.started',
    after: { deliver: false, limit: 2 },
  })
  expect(finished).toMatchObject({
    ...by,
    action: 'import.finished',
    after: { imported: 2, isComplete: false },
  })
  expect(finished?.requestId).toBe(started?.requestId)
})

test('a reconciliation that fixes is recorded; what only looks is not', async () => {
  await old.import(['--dry-run'])
  await old.reconcile()
  expect(await entries()).toEqual([])
  await old.reconcile(['--fix'])
  expect((await entries()).map(({ action, after }) => [action, after?.['imported']])).toEqual([
    ['import.started', undefined],
    ['import.finished', 3],
  ])
})

test('triggers are recorded with what they capture, in the transaction that makes or removes them', async () => {
  const table = [
    '--table',
    'issue_events',
    '--entity',
    'Note',
    '--organisation-sql',
    'r.organisation_id',
    '--map-id',
  ]
  const env = { DATABASE_URL: old.database.url }
  await runTriggers(table, env)
  expect(await entries()).toEqual([])
  await runTriggers([...table, '--apply'], env)
  await runTriggers([...table, '--drop', '--apply'], env)
  const target = { targetId: 'public.issue_events', actorKind: 'command_line' }
  expect(await entries()).toMatchObject([
    { ...target, action: 'triggers.applied', before: null, after: { entity: 'Note' } },
    { ...target, action: 'triggers.dropped', before: { entity: 'Note' }, after: null },
  ])
})

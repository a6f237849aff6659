import { afterEach, beforeEach, expect, test } from 'vitest'
import { createOldTable, type OldTable } from './old-table.ts'

let old: OldTable

beforeEach(async () => {
  old = await createOldTable()
})

afterEach(() => old.close())

const change = (statement: string) => old.db.query((sql) => sql.unsafe(statement))

test('after an import nothing differs', async () => {
  await old.fill(1500)
  await old.import()
  const { exitCode, report } = await old.reconcile()
  expect({ ...report, exitCode }).toMatchObject({
    exitCode: 0,
    isEqual: true,
    rows: 1500,
    events: 1500,
    missingInEvents: 0,
    missingInTable: 0,
    different: 0,
  })
})

test('what is in one and not in the other is counted by type and day, with examples', async () => {
  await old.fill(300)
  await old.import()
  await change(`delete from domain_events where data->>'n' in ('3', '4')`)
  await change(`delete from public.issue_events where payload->>'n' in ('6', '7', '9')`)
  await change(
    `update domain_events set data = '{"n": 12}', user_id = null where data->>'n' = '12'`,
  )
  const { exitCode, report } = await old.reconcile()
  expect({ ...report, exitCode }).toMatchObject({
    exitCode: 1,
    isEqual: false,
    rows: 297,
    events: 298,
    missingInEvents: 2,
    missingInTable: 3,
    different: 1,
    examples: {
      missingInEvents: [{ key: ['3'], eventType: 'IssueNoteAdded' }, { key: ['4'] }],
      missingInTable: [{}, {}, {}],
      different: [{ key: ['12'], fields: ['userId', 'data'] }],
    },
  })
  const notes = report.counts.filter(
    (count: { eventType: string }) => count.eventType === 'IssueNoteAdded',
  )
  const sum = (field: string) =>
    notes.reduce((total: number, count: Record<string, number>) => total + (count[field] ?? 0), 0)
  expect([sum('missingInEvents'), sum('missingInTable'), sum('different')]).toEqual([1, 2, 1])
})

test('an event with an id of its own belongs to the row that is close in time, one to one', async () => {
  await old.fill(20)
  /** As a host does that lets Posthorn make the id. */
  const emit = (n: number, seconds: number) =>
    change(`
      insert into domain_events (id, organisation_id, entity_type, entity_id, event_type, data, user_id, created_at)
      select (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7000-8000-' || lpad(id::text, 12, '0'))::uuid,
        organisation_id, 'Issue', issue_id,
        case type when 'note_added' then 'IssueNoteAdded' else 'IssueStatusChanged' end,
        payload, user_id::uuid, at
      from public.issue_events,
        lateral (select created_at + interval '${seconds} seconds' as at) a,
        lateral (select lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') as hex) b
      where payload->>'n' = '${n}'`)
  for (let n = 1; n <= 20; n++) await emit(n, n <= 18 ? 2 : 30)
  const { report, exitCode } = await old.reconcile()
  expect({ ...report, exitCode }).toMatchObject({
    exitCode: 1,
    missingInEvents: 2,
    missingInTable: 2,
    different: 0,
  })
  expect((await old.reconcile(['--tolerance', '60'])).exitCode).toBe(0)
})

test('--fix imports what is missing in domain_events, and only that', async () => {
  await old.fill(200)
  await old.import()
  await change(`delete from domain_events where (data->>'n')::int % 10 = 0`)
  const { exitCode, report } = await old.reconcile(['--fix'])
  expect({ exitCode, ...report }).toMatchObject({
    exitCode: 0,
    missingInEvents: 20,
    fixed: 20,
    isEqual: true,
  })
  expect((await old.reconcile()).report).toMatchObject({
    missingInEvents: 0,
    rows: 200,
    events: 200,
  })
  expect(await old.count('published_at is null')).toBe(0)
  await change(`delete from domain_events where data->>'n' = '7'`)
  await old.reconcile(['--fix', '--deliver'])
  expect(await old.count('published_at is null')).toBe(1)
})

test('fields that may differ are named, and events of other entities are no concern of it', async () => {
  await old.fill(30)
  await old.import()
  await change(`update domain_events set source = 'emit', data = data || '{"more": 1}'`)
  await change(`
    insert into domain_events (organisation_id, entity_type, entity_id, event_type, data)
    select organisation_id, 'Tenant', issue_id, 'TenantCreated', '{}' from public.issue_events`)
  expect((await old.reconcile()).report).toMatchObject({ different: 30, missingInTable: 0 })
  expect((await old.reconcile(['--ignore', 'source', 'data'])).exitCode).toBe(0)
})

test('bounds in time are kept, and rows that are no events do not count as missing', async () => {
  await old.fill(100)
  await change(`update public.issue_events set type = 'merged' where payload->>'n' = '1'`)
  const since = new Date(Date.now() - (10 * 60 + 50) * 1000).toISOString()
  const { report } = await old.reconcile(['--since', since])
  expect(report.missingInEvents).toBe(report.rows)
  expect(report.rows).toBeLessThan(60)
  await old.import()
  expect((await old.reconcile()).report).toMatchObject({ isEqual: true, rejected: 1, rows: 99 })
})

test('a table that holds more than one window is compared window after window', async () => {
  await old.fill(21_000)
  await old.import()
  await change(`delete from domain_events where (data->>'n')::int % 1000 = 0`)
  const { report } = await old.reconcile(['--fix'])
  expect(report).toMatchObject({ rows: 21_000, missingInEvents: 21, fixed: 21, missingInTable: 0 })
})

test('without --json the report is text, and everything is in it', async () => {
  await old.fill(3)
  await old.import()
  await change(`delete from domain_events where data->>'n' = '3'`)
  const { out, exitCode } = await old.reconcile([], { isText: true })
  expect(exitCode).toBe(1)
  expect(out).toMatch(/3 rows, 2 events/)
  expect(out).toMatch(
    /IssueNoteAdded: 1 missing in domain_events, 0 missing in public.issue_events/,
  )
  expect(out).toMatch(/Missing in domain_events, such as\n {2}IssueNoteAdded of .+, row 3, event /)
  expect(out).toMatch(/They differ\.\n$/)
})

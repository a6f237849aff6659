import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseMapping } from '../../server/imports/index.ts'
import { createOldTable, mapping, type OldTable } from './old-table.ts'

let old: OldTable

beforeAll(async () => {
  old = await createOldTable()
})

afterAll(() => old.close())

async function issuesOf(wrong: unknown): Promise<Record<string, string>> {
  const { report } = await old.import([], { mapping: wrong })
  const { issues } = report.error as { issues: { field: string; message: string; fix?: string }[] }
  return Object.fromEntries(
    issues.map(({ field, message, fix }) => [field, [message, fix].filter(Boolean).join('. ')]),
  )
}

test('every mistake in the shape of a mapping is named at once', async () => {
  const { entityId: _, ...event } = mapping.event
  const issues = await issuesOf({
    table: 'a.b.c',
    key: [],
    times: 'created_at',
    event: {
      ...event,
      entityType: 'Issue',
      eventType: { column: 'type', sql: 'type' },
      userId: { map: {} },
      data: { fields: { from: { columm: 'x' }, to: {} } },
    },
  })
  expect(issues).toMatchObject({
    table: 'is not schema.table',
    key: expect.stringContaining('at least 1 item'),
    time: expect.stringContaining('is required'),
    times: expect.stringContaining('Did you mean time?'),
    'event.entityId': expect.stringContaining('is required'),
    'event.entityType': 'must be an object',
  })
  expect(
    await issuesOf({
      ...mapping,
      event: {
        ...mapping.event,
        eventType: { column: 'type', sql: 'type' },
        userId: { map: {} },
        data: { fields: { from: { columm: 'x' }, to: {} } },
      },
    }),
  ).toMatchObject({
    'event.eventType': 'names column and sql. Use one of constant, column, sql and fields.',
    'event.userId': expect.stringContaining('has a map without a column'),
    'event.data.fields.from.columm': expect.stringContaining('Did you mean column?'),
    'event.data.fields.to': expect.stringContaining('names no source'),
  })
})

test('every mistake about the live table is named at once, with what was meant', async () => {
  expect(
    await issuesOf({
      ...mapping,
      key: 'issue_id',
      time: 'created_ad',
      where: 'deleted_at is null',
      event: {
        ...mapping.event,
        entityId: { column: 'isue_id' },
        correlationId: { sql: 'upper(' },
      },
    }),
  ).toEqual({
    key: 'issue_id may be null or the same in two rows. Name columns that are NOT NULL and that a unique index covers, such as the primary key.',
    time: expect.stringContaining('Did you mean created_at?'),
    'event.entityId.column': expect.stringContaining('Did you mean issue_id?'),
    'event.correlationId.sql': expect.stringContaining('syntax error'),
    where: expect.stringContaining('column "deleted_at" does not exist'),
  })
  expect(await issuesOf({ ...mapping, table: 'isue_events' })).toEqual({
    table: 'public.isue_events does not exist in this database. Did you mean public.issue_events?',
  })
  expect(await issuesOf({ ...mapping, time: 'payload' })).toEqual({
    time: expect.stringContaining('is of the type jsonb'),
  })
  expect(await issuesOf({ ...mapping, timeZone: 'UTC' })).toEqual({
    timeZone: expect.stringContaining('Leave it out'),
  })
})

test('an expression changes nothing, whatever it does', async () => {
  await old.fill(1)
  await old.db.query((sql) =>
    sql.unsafe(`create function public.spoil() returns text language sql as
      $$ update public.issue_events set type = 'spoiled' returning 'x' $$`),
  )
  const event = { ...mapping.event, source: { sql: 'public.spoil()' } }
  expect((await old.import([], { mapping: { ...mapping, event } })).exitCode).toBe(1)
  expect(
    await old.db.query((sql) => sql`select from public.issue_events where type = 'spoiled'`),
  ).toHaveLength(0)
})

test('a table that cannot be read in order says which index it lacks', async () => {
  await old.db.query((sql) =>
    sql
      .unsafe(
        'create table public.plain (like public.issue_events); alter table public.plain add primary key (id)',
      )
      .simple(),
  )
  const { err } = await old.import([], { mapping: { ...mapping, table: 'plain' } })
  expect(err).toContain('CREATE INDEX CONCURRENTLY ON public.plain ("created_at", "id")')
})

test('quotes in names, values and paths stay what they are', async () => {
  await old.db.query((sql) =>
    sql
      .unsafe(`create table public."odd ""table" (
      "k'1" text, "k""2" int, "at" timestamptz not null default now(), primary key ("k'1", "k""2"));
      insert into public."odd ""table" values ('it''s', 1), (E'a\\\\b', 2)`)
      .simple(),
  )
  const odd = {
    table: 'public.odd "table',
    key: [`k'1`, 'k"2'],
    time: 'at',
    event: {
      ...mapping.event,
      entityId: { constant: '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f' },
      eventType: { constant: 'IssueNoteAdded' },
      organisationId: { constant: '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f' },
      userId: { constant: null },
      source: { sql: `'o''clock' -- a comment` },
      data: {
        fields: {
          [`it's "so"`]: { column: `k'1`, map: { "it's": { "a'b": [1] }, 'a\\b': `'` } },
          deep: { fields: { number: { column: 'k"2' } } },
        },
      },
    },
  }
  expect((await old.import([], { mapping: odd })).report).toMatchObject({ imported: 2 })
  const rows = await old.db.query(
    (sql) =>
      sql<
        { data: unknown }[]
      >`select data from domain_events where source = 'o''clock' order by data->'deep'`,
  )
  expect(rows.map(({ data }) => data)).toEqual([
    { [`it's "so"`]: { "a'b": [1] }, deep: { number: 1 } },
    { [`it's "so"`]: `'`, deep: { number: 2 } },
  ])
})

test('a database without Posthorn says what to run', async () => {
  expect(await old.import([], { env: { POSTHORN_SCHEMA: 'elsewhere' } })).toMatchObject({
    exitCode: 1,
    report: {
      error: {
        code: 'not_migrated',
        message: expect.stringContaining('posthorn migrate'),
      },
    },
  })
})

test('a mapping says its table in full', async () => {
  expect(await parseMapping({ ...mapping, table: 'issue_events' })).toMatchObject({
    table: 'public.issue_events',
    key: ['id'],
  })
})

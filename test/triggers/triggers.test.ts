import { createHash, randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { runTriggers } from './run-triggers.ts'

const organisationId = randomUUID()
let database: Awaited<ReturnType<typeof createTestDatabase>>
let sql: postgres.Sql

beforeAll(async () => {
  database = await createTestDatabase()
  sql = postgres(database.url, { max: 2, fetch_types: false, onnotice: () => undefined })
  await sql.unsafe(`
    create table issues (
      id uuid primary key default gen_random_uuid(), organisation_id uuid, title text not null,
      status text not null default 'open', due_at timestamp(3), cost numeric(12,2), secret text);
    create table comments (
      id uuid primary key default gen_random_uuid(), issue_id uuid references issues on delete cascade, text text);
    create schema "Odd ""schema""";
    create table "Odd ""schema"""."select" (
      "order" text primary key, "organisation" uuid, "it's \\ here" text);
    create role app_of_triggers login;
    grant all on all tables in schema public to app_of_triggers`)
  await apply(
    '--table issues --entity Issue --status-column status --status-event IssueStatusChanged --exclude secret',
  )
})

beforeEach(() => sql`truncate posthorn.domain_events`)

afterAll(async () => {
  await sql?.unsafe('drop owned by app_of_triggers; drop role app_of_triggers')
  await sql?.end({ timeout: 5 })
  await database?.drop()
})

async function apply(options: string | string[]): Promise<void> {
  const args = typeof options === 'string' ? options.split(' ') : options
  await runTriggers([...args, '--apply'], { DATABASE_URL: database.url })
}

interface EventRow {
  entity_type: string
  entity_id: string
  event_type: string
  organisation_id: string
  user_id: string | null
  correlation_id: string | null
  source: string
  data: Record<string, unknown>
}

const events = () => sql<EventRow[]>`select * from posthorn.domain_events order by created_at, id`
const types = async () => (await events()).map(({ event_type }) => event_type).sort()

async function createIssue(more: Record<string, unknown> = {}) {
  const row = { organisation_id: organisationId, title: 'Leak', secret: 'hidden', ...more }
  const [issue] = await sql`insert into issues ${sql(row)} returning id`
  return issue?.['id'] as string
}

describe('every row that changes is an event', () => {
  test('created: the row by the names of the catalogue, without what is excluded', async () => {
    const id = await createIssue({ due_at: '2026-03-09 18:00:00', cost: '120.50' })
    const [event] = await events()
    expect(event).toMatchObject({
      entity_type: 'Issue',
      entity_id: id,
      event_type: 'IssueCreated',
      organisation_id: organisationId,
      user_id: null,
      source: 'dashboard',
      data: {
        id,
        organisationId,
        title: 'Leak',
        status: 'open',
        dueAt: '2026-03-09T18:00:00+00:00',
        cost: 120.5,
      },
    })
    expect(event?.data).not.toHaveProperty('secret')
  })

  test('updated: what changed, before and now', async () => {
    const id = await createIssue()
    await sql`update issues set title = 'Flood', cost = 3 where id = ${id}`
    const [, updated] = await events()
    expect(updated).toMatchObject({
      event_type: 'IssueUpdated',
      data: {
        title: 'Flood',
        changes: { title: { from: 'Leak', to: 'Flood' }, cost: { from: null, to: 3 } },
      },
    })
    expect(Object.keys(updated?.data['changes'] as object)).toHaveLength(2)
  })

  test('a change of status has its own type, alone or beside other changes', async () => {
    const id = await createIssue()
    await sql`update issues set status = 'closed' where id = ${id}`
    expect(await types()).toEqual(['IssueCreated', 'IssueStatusChanged'])
    expect((await events())[1]?.data).toMatchObject({ from: 'open', to: 'closed', title: 'Leak' })
    await sql`update issues set status = 'open', title = 'Again' where id = ${id}`
    expect((await types()).slice(1)).toEqual([
      'IssueStatusChanged',
      'IssueStatusChanged',
      'IssueUpdated',
    ])
    const updated = (await events()).find(({ event_type }) => event_type === 'IssueUpdated')
    expect(updated?.data['changes']).toEqual({ title: { from: 'Leak', to: 'Again' } })
  })

  test('deleted: the row as it was', async () => {
    const id = await createIssue()
    await sql`delete from issues where id = ${id}`
    expect((await events())[1]).toMatchObject({
      event_type: 'IssueDeleted',
      entity_id: id,
      data: { title: 'Leak' },
    })
  })

  test('nothing changed, or only what is excluded: no event', async () => {
    const id = await createIssue()
    await sql`update issues set title = title, status = 'open' where id = ${id}`
    await sql`update issues set secret = 'other' where id = ${id}`
    expect(await types()).toEqual(['IssueCreated'])
  })

  test('many rows in one statement: one event each; an upsert is what it was', async () => {
    const rows = Array.from({ length: 20 }, () => ({
      id: randomUUID(),
      organisation_id: organisationId,
      title: 'a',
    }))
    await sql`insert into issues ${sql(rows)}`
    await sql`update issues set title = 'b' where id in ${sql(rows.slice(0, 7).map(({ id }) => id))}`
    await sql`insert into issues ${sql(rows[0] as object)} on conflict (id) do update set title = 'c'`
    const count = (await types()).filter((type) => type === 'IssueUpdated').length
    expect([count, (await types()).length]).toEqual([8, 28])
  })

  test('rolled back: no event', async () => {
    const work = sql.begin(async (tx) => {
      await tx`insert into issues ${tx({ organisation_id: organisationId, title: 'x' })}`
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await types()).toEqual([])
  })

  test('a row of no organisation has none', async () => {
    await createIssue({ organisation_id: null })
    expect(await types()).toEqual([])
  })
})

describe('who did it', () => {
  test('comes from the settings of the transaction, and ends with it', async () => {
    const [userId, correlationId] = [randomUUID(), randomUUID()]
    await sql.begin(async (tx) => {
      await tx`select set_config('posthorn.user_id', ${userId}, true),
        set_config('posthorn.correlation_id', ${correlationId}, true)`
      await tx`insert into issues ${tx({ organisation_id: organisationId, title: 'x' })}`
    })
    await createIssue()
    const [first, second] = await events()
    expect(first).toMatchObject({ user_id: userId, correlation_id: correlationId })
    expect(second).toMatchObject({ user_id: null, correlation_id: null })
  })

  test('is nobody when the setting is no UUID, and the write goes through', async () => {
    await sql.begin(async (tx) => {
      await tx`select set_config('posthorn.user_id', 'robot', true)`
      await tx`insert into issues ${tx({ organisation_id: organisationId, title: 'x' })}`
    })
    expect((await events())[0]).toMatchObject({ user_id: null })
  })
})

describe('a role of the application without any right on posthorn', () => {
  const asApp = <T>(work: (tx: postgres.TransactionSql) => Promise<T>) =>
    sql.begin(async (tx) => {
      await tx`set local role app_of_triggers`
      return work(tx)
    })

  test('writes its tables, and the events come', async () => {
    await asApp(
      (tx) => tx`insert into issues ${tx({ organisation_id: organisationId, title: 'x' })}`,
    )
    expect(await types()).toEqual(['IssueCreated'])
  })

  test('cannot hang the function on a table of its own, nor lead it astray', async () => {
    const [{ name } = { name: '' }] = await sql<{ name: string }[]>`
      select oid::regproc::text as name from pg_proc where proname like 'capture_issues_%'`
    const forge = asApp(async (tx) => {
      await tx`create temp table forged (like issues)`
      await tx.unsafe(
        `create trigger forged after insert on forged for each row execute function ${name}()`,
      )
    })
    await expect(forge).rejects.toThrow(/permission denied/)
    await asApp(async (tx) => {
      await tx`create temp table domain_events (id int)`
      await tx`set local search_path = pg_temp, public`
      await tx`insert into issues ${tx({ organisation_id: organisationId, title: 'x' })}`
    })
    expect(await types()).toEqual(['IssueCreated'])
  })
})

describe('tables of other shapes', () => {
  test('an organisation by an expression, also where its names are those of the function', async () => {
    await apply([
      ...'--table comments --entity Comment --organisation-sql'.split(' '),
      '(select organisation_id from public.issues i where i.id = r.issue_id) -- of the issue',
    ])
    const issueId = await createIssue()
    await sql`insert into comments ${sql({ issue_id: issueId, text: 'hm' })}`
    expect((await events())[1]).toMatchObject({
      event_type: 'CommentCreated',
      organisation_id: organisationId,
      data: { issueId, text: 'hm' },
    })
  })

  test('hostile names, and a key that is text', async () => {
    await apply([
      ...[
        '--table',
        '"Odd ""schema"""."select"',
        '--entity',
        'Oddity',
        '--id',
        'order',
        '--map-id',
      ],
      ...['--organisation-column', 'organisation'],
    ])
    const uuid = randomUUID().toUpperCase()
    const insert = (order: string) => sql`
      insert into "Odd ""schema"""."select" ("order", organisation, "it's \\ here") values (${order}, ${organisationId}, 'x')`
    await insert(uuid)
    await insert('order-1')
    const [kept, hashed] = await events()
    expect(kept).toMatchObject({
      entity_id: uuid.toLowerCase(),
      data: { order: uuid, "it's \\ here": 'x' },
    })
    // The first 16 bytes of SHA-256 of Oddity:order-1, as a UUIDv8.
    expect(hashed?.entity_id).toBe(uuidOf('Oddity:order-1'))
  })

  test('more columns than a function takes arguments', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `c${index}`)
    await sql.unsafe(
      `create table wide (id uuid, organisation_id uuid, ${names.map((name) => `${name} int`).join(', ')})`,
    )
    await apply('--table wide --entity Wide')
    await sql`insert into wide ${sql({ id: randomUUID(), organisation_id: organisationId, c119: 7 })}`
    expect((await events())[0]?.data).toMatchObject({ c0: null, c119: 7 })
  })

  test('a partitioned table', async () => {
    await sql.unsafe(`
      create table visits (id uuid, organisation_id uuid, day date) partition by range (day);
      create table visits_2026 (day date, organisation_id uuid, id uuid);
      alter table visits attach partition visits_2026 for values from ('2026-01-01') to ('2027-01-01')`)
    await apply('--table visits --entity Visit')
    const id = randomUUID()
    await sql`insert into visits ${sql({ id, organisation_id: organisationId, day: '2026-05-01' })}`
    expect((await events())[0]).toMatchObject({ entity_id: id, data: { day: '2026-05-01' } })
  })
})

test('applied again it replaces, --drop removes everything of it', async () => {
  await apply('--table comments --entity Remark --organisation-sql gen_random_uuid()')
  await apply('--table comments --entity Note --organisation-sql gen_random_uuid()')
  await sql`insert into comments ${sql({ text: 'x' })}`
  expect(await types()).toEqual(['NoteCreated'])
  await apply('--table comments --entity Note --drop')
  await sql`insert into comments ${sql({ text: 'y' })}`
  expect(await types()).toEqual(['NoteCreated'])
  const left = await sql`
    select from pg_trigger where tgrelid = 'comments'::regclass and tgname like 'posthorn%'
    union all select from pg_proc where proname like 'capture_comments_%'`
  expect(left).toHaveLength(0)
})

test('tables of the application live on when the schema of Posthorn is dropped', async () => {
  await sql`drop schema posthorn cascade`
  await expect(createIssue()).resolves.toEqual(expect.any(String))
})

function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 15) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 63) | 0x80
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

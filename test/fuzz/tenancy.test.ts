import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestPosthorn,
  issueEvent,
  organisationScopes,
} from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
/** As the login that owns everything. */
let owner: postgres.Sql
/** As the API: the login that took on its role. */
let api: postgres.Sql
let ours: string
let theirs: string
let tables: string[]

beforeAll(async () => {
  server = await createTestPosthorn()
  const connection = { search_path: 'posthorn' }
  owner = postgres(server.databaseUrl, { max: 1, connection })
  api = postgres(server.databaseUrl, {
    max: 1,
    connection: { ...connection, role: 'posthorn_api' },
  })
  ours = await fill()
  theirs = await fill()
  const found = await owner`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'posthorn'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attname = 'organisation_id' and not a.attisdropped
    order by 1`
  tables = found.map(({ name }) => name)
})

afterAll(async () => {
  await Promise.all([owner.end(), api.end()])
  await server.close()
})

/** An organisation with something of everything that the API makes. */
async function fill(): Promise<string> {
  const { key, organisationId } = await server.createOrganisation([...organisationScopes, 'admin'])
  const make = async (path: string, body: object) => {
    const answer = await server.call('POST', path, { key, body })
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    return answer.body
  }
  const { id } = await make('/v1/subscriptions', { url: 'https://example.com/' })
  await make('/v1/events', issueEvent())
  await make(`/v1/subscriptions/${id}/test`, {})
  await make('/v1/portal-tokens', {})
  await make('/v1/replays', { mode: 'all', filter: { eventType: ['IssueCreated'] } })
  return organisationId
}

/** Runs as the API for an organisation, and takes it back. */
async function within<T>(
  scope: string | undefined,
  work: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  let result: T | undefined
  const undo = new Error('undo')
  await api
    .begin(async (tx) => {
      if (scope !== undefined)
        await tx`select set_config('posthorn.organisation_id', ${scope}, true)`
      result = await work(tx)
      throw undo
    })
    .catch((error) => {
      if (error !== undo) throw error
    })
  return result as T
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => error.code,
  )

describe('of every table that says whose its rows are', () => {
  test('there are as many as there were when this was written, or more', () => {
    expect(tables.length).toBeGreaterThanOrEqual(11)
    expect(tables).toContain('audit_log')
  })

  test('row-level security is in force, also for its owner, and one policy restricts the API to one organisation', async () => {
    const rows = await owner`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid and not p.polpermissive
          and p.polname = 'own_organisation' and p.polcmd = '*'
          and pg_get_expr(p.polqual, p.polrelid) like '%posthorn.organisation_id%'
          and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)) as policies
      from pg_class c where c.relnamespace = 'posthorn'::regnamespace and c.relname in ${owner(tables)}`
    expect(rows.filter(({ forced, policies }) => !forced || policies !== 1)).toEqual([])
    expect(rows).toHaveLength(tables.length)
  })

  test('nobody sees a row who names no organisation, an empty one, or one that is none', async () => {
    for (const table of tables)
      for (const scope of [undefined, '', ' ', '%', 'null', randomUUID(), ours.slice(0, -1)]) {
        const rows = await within(scope, (tx) => tx`select from ${tx(table)}`)
        expect(rows.length, `${table} as ${scope}`).toBe(0)
      }
  })

  test('an organisation sees its own rows, and none of another or of the platform', async () => {
    let seen = 0
    for (const table of tables) {
      const rows = await within(
        ours,
        (tx) => tx`select distinct organisation_id as id from ${tx(table)}`,
      )
      expect(
        rows.filter(({ id }) => id !== ours),
        table,
      ).toEqual([])
      seen += rows.length
    }
    expect(seen).toBeGreaterThan(6)
  })

  test('an organisation changes and deletes nothing of another, and gives nothing away', async () => {
    for (const table of tables) {
      const touched = await within(ours, async (tx) => {
        const updated = await tx
          .savepoint(
            (sp) =>
              sp`update ${sp(table)} set organisation_id = organisation_id where organisation_id = ${theirs}`,
          )
          .catch((error) => error)
        const deleted = await tx
          .savepoint((sp) => sp`delete from ${sp(table)} where organisation_id = ${theirs}`)
          .catch((error) => error)
        return [updated, deleted].map((one) => one.code ?? one.count)
      })
      expect(touched, table).toEqual(table === 'audit_log' ? ['42501', '42501'] : [0, 0])
      const [{ mine } = { mine: 0 }] = await within(
        ours,
        (tx) => tx`select count(*)::int as mine from ${tx(table)}`,
      )
      const given = codeOf(
        within(ours, (tx) => tx`update ${tx(table)} set organisation_id = ${theirs}`),
      )
      if (mine > 0) expect(await given, table).toBe('42501')
    }
  })

  test('an organisation adds nothing to another, not even a copy of what is there', async () => {
    let tried = 0
    for (const table of tables) {
      // Rows as the owner sees them, so that only the policy can be what is in the way.
      const [row] =
        await owner`select to_json(t)::text as json from ${owner(table)} t where organisation_id = ${theirs} limit 1`
      if (row === undefined) continue
      tried++
      const insert = within(
        ours,
        (tx) =>
          tx`insert into ${tx(table)} select * from json_populate_record(null::${tx(table)}, ${row['json']}::text::json)`,
      )
      expect(await codeOf(insert), table).toBe('42501')
    }
    expect(tried).toBeGreaterThan(6)
  })
})

describe('the role of the API', () => {
  test('owns nothing, logs in nowhere, and neither steps over policies nor becomes another', async () => {
    const [role] = await owner`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin,
        (select count(*)::int from pg_auth_members where member = r.oid) as memberships,
        (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname = 'posthorn_api'`
    expect(Object.values(role ?? {})).toEqual([false, false, false, false, false, false, 0, 0])
  })

  test('creates nothing, and changes no policy and no table', async () => {
    for (const statement of [
      'create table posthorn.mine ()',
      'alter table posthorn.subscriptions disable row level security',
      'alter table posthorn.subscriptions no force row level security',
      'drop policy own_organisation on posthorn.subscriptions',
      'create policy mine on posthorn.subscriptions using (true)',
      'create function posthorn.mine() returns int language sql as $$ select 1 $$',
      'truncate posthorn.subscriptions',
      'select from posthorn.__drizzle_migrations',
    ])
      expect(await codeOf(within('*', (tx) => tx.unsafe(statement))), statement).toBe('42501')
  })
})

describe('the schema', () => {
  test('has no function that runs as its owner', async () => {
    const functions = await owner`
      select proname from pg_proc where pronamespace = 'posthorn'::regnamespace and prosecdef`
    expect(functions.map(({ proname }) => proname)).toEqual([])
  })

  test('has no view that reads as its owner', async () => {
    const views = await owner`
      select relname from pg_class where relnamespace = 'posthorn'::regnamespace and relkind in ('v', 'm')
        and not coalesce(reloptions @> '{security_invoker=true}', false)`
    expect(views.map(({ relname }) => relname)).toEqual([])
  })

  test('grants nothing to everybody, and no partition to any role of ours', async () => {
    const grants = await owner`
      select c.relname, a.grantee::regrole::text as grantee from pg_class c, aclexplode(c.relacl) a
      where c.relnamespace = 'posthorn'::regnamespace
        and (a.grantee = 0 or (c.relispartition and a.grantee::regrole::text like 'posthorn%'))
        and a.grantee <> c.relowner`
    expect([...grants]).toEqual([])
  })
})

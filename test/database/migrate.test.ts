import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { countMissingMigrations, migrate } from '../../server/database/migrate.ts'
import { roles } from '../../server/database/roles.ts'
import { asTenant } from '../../server/database/tenant.ts'
import { isUuidV7, newId, timeOfId } from '../../server/kernel/ids.ts'
import { type Logger, silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { partitionedTables } from '../support/template.ts'

let database: TestDatabase
let opened: Database[]
let warnings: object[]
let log: Logger

beforeEach(() => {
  opened = []
  warnings = []
  const warn = (fields: object): void => void warnings.push(fields)
  log = { ...silentLogger, warn, error: warn }
})

afterEach(async () => {
  await Promise.all(opened.map((db) => db.close()))
  await database.drop()
})

function connect(
  options: { role?: string; url?: string; schema?: string; connections?: number } = {},
): Database {
  const { role, url = database.url, schema = 'posthorn', connections = 2 } = options
  const db = connectDatabase({
    url,
    schema,
    applicationName: 'test',
    maxConnections: connections,
    log: silentLogger,
    ...(role === undefined ? {} : { role }),
  })
  opened.push(db)
  return db
}

function run(db: Database, schema = 'posthorn') {
  return migrate(db, { schema, tables: partitionedTables, nowMs: Date.now(), log })
}

/** Everything in the schema, with the transaction that last wrote its definition. */
async function fingerprint(db: Database): Promise<unknown> {
  const catalogues = [
    'pg_class',
    'pg_attribute',
    'pg_attrdef',
    'pg_constraint',
    'pg_policy',
    'pg_proc',
  ]
  const rows = await db.query((sql) =>
    sql.unsafe(
      catalogues
        .map((name) => {
          const owner =
            name === 'pg_attribute' ? 'attrelid' : name === 'pg_attrdef' ? 'adrelid' : 'oid'
          // Autovacuum writes to pg_class.
          const version = name === 'pg_class' ? 'relacl::text' : 'xmin::text'
          return `select '${name}' as catalogue, ${owner}::int as id, ${version} as version from ${name} where ${owner} >= 16384`
        })
        .join(' union all ') +
        ' union all select created_at::text, id, hash from __drizzle_migrations order by 1, 2, 3',
    ),
  )
  return [...rows]
}

async function insertAsHost(db: Database, organisationId: string): Promise<string> {
  const [row] = await db.query(
    (sql) => sql<{ id: string }[]>`
      insert into posthorn.domain_events (organisation_id, entity_type, entity_id, event_type, data)
      values (${organisationId}, 'order', ${randomUUID()}, 'order.created', '{"total": 1}')
      returning id`,
  )
  return row?.id ?? ''
}

describe('migrating', () => {
  test('ten at once on an empty database', async () => {
    database = await createTestDatabase('empty')
    const results = await Promise.all(Array.from({ length: 10 }, () => run(connect())))
    expect(results).toEqual(results.map(() => ({ api: true, dispatcher: true })))
    expect(warnings).toEqual([])
    const db = connect()
    expect(await countMissingMigrations(db)).toBe(0)
    const applied = await db.query((sql) => sql`select hash from __drizzle_migrations`)
    expect(new Set(applied.map((row) => row['hash'])).size).toBe(applied.length)
    await insertAsHost(db, newId())
  })

  test('a second time, nothing changes', async () => {
    database = await createTestDatabase('empty')
    const db = connect()
    await run(db)
    const before = await fingerprint(db)
    expect(await run(db)).toEqual({ api: true, dispatcher: true })
    expect(await fingerprint(db)).toEqual(before)
    expect(warnings).toEqual([])
  })

  test('two schemas in one database', async () => {
    database = await createTestDatabase('empty')
    const [one, other] = [connect({ schema: 'posthorn' }), connect({ schema: 'other' })]
    await Promise.all([run(one), run(other, 'other')])
    for (const [db, schema] of [
      [one, 'posthorn'],
      [other, 'other'],
    ] as const) {
      const rows = await db.query(
        (sql) => sql`
          select distinct relnamespace::regnamespace::text as schema from pg_class
          where oid = any(array['domain_events', 'deliveries', '__drizzle_migrations']::regclass[])`,
      )
      expect([...rows]).toEqual([{ schema }])
    }
  })

  test('as a login that is no superuser, but may create roles', async () => {
    database = await createTestDatabase('empty')
    const login = await createLogin('createrole')
    try {
      const db = connect({ url: login.url })
      expect(await run(db)).toEqual({ api: true, dispatcher: true })
      expect(warnings).toEqual([])
      for (const role of Object.values(roles)) {
        const own = connect({ url: login.url, role })
        const rows = await own.query(
          (sql) => sql`select current_user::text as name from buckets limit 1`,
        )
        expect([...rows]).toEqual([{ name: role }])
      }
      await insertAsHost(db, newId())
    } finally {
      await login.drop()
    }
  })

  test('as a login that may not: says so, and everything else works', async () => {
    database = await createTestDatabase('empty')
    const login = await createLogin('nocreaterole')
    try {
      const db = connect({ url: login.url })
      expect(await run(db)).toEqual({ api: false, dispatcher: false })
      expect(warnings).toHaveLength(2)
      await insertAsHost(db, newId())
    } finally {
      await login.drop()
    }
  })
})

/** A login of its own that owns the database. The roles are the whole server's, so they stay. */
async function createLogin(attribute: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `login_${randomUUID().slice(0, 8)}`
  const url = new URL(database.url)
  const databaseName = url.pathname.slice(1)
  const admin = connect({ schema: 'public' })
  await admin.query((sql) => sql.unsafe(`create role ${name} login ${attribute} password 'secret'`))
  await admin.query((sql) => sql.unsafe(`alter database ${databaseName} owner to ${name}`))
  if (attribute === 'createrole') {
    // What it would have if it had created them.
    for (const role of Object.values(roles)) {
      const grant = `grant ${role} to ${name} with admin true, inherit false, set false`
      await admin.query((sql) => sql.unsafe(grant))
    }
  }
  url.username = name
  url.password = 'secret'
  return {
    url: url.href,
    async drop() {
      await Promise.all(opened.filter((db) => db !== admin).map((db) => db.close()))
      await admin.query((sql) => sql.unsafe(`alter database ${databaseName} owner to current_user`))
      await admin.query((sql) => sql.unsafe(`drop owned by ${name} cascade`))
      await admin.query((sql) => sql.unsafe(`drop role ${name}`))
    },
  }
}

describe('row-level security', () => {
  let host: Database
  let api: Database
  const [one, other] = [newId(), newId()]

  beforeEach(async () => {
    database = await createTestDatabase()
    host = connect()
    api = connect({ role: roles.api, connections: 1 })
    for (const organisationId of [one, one, other]) await insertAsHost(host, organisationId)
  })

  const organisationsSeen = (organisationId: string) =>
    asTenant(api, organisationId, async (tx) => {
      const rows = await tx<{ organisationId: string }[]>`
        select organisation_id from domain_events order by organisation_id`
      return rows.map((row) => row.organisationId)
    })

  test('a plain INSERT of the host works and gets an id of now', async () => {
    const beforeMs = Date.now()
    const ids = [await insertAsHost(host, one), await insertAsHost(host, one)]
    expect(ids.every(isUuidV7)).toBe(true)
    expect([...ids].sort()).toEqual(ids)
    for (const id of ids) {
      expect(timeOfId(id)).toBeGreaterThanOrEqual(beforeMs)
      expect(timeOfId(id)).toBeLessThanOrEqual(Date.now())
    }
  })

  test('is forced, and keeps the API to one organisation, on every table that has rows of organisations', async () => {
    const tables = await host.query(
      (sql) => sql<{ name: string; isHeld: boolean }[]>`
        select relname as name, relrowsecurity and relforcerowsecurity and exists (
            select from pg_policy where polrelid = c.oid and polname = 'own_organisation' and not polpermissive
          ) as is_held
        from pg_class c join pg_attribute on attrelid = c.oid and attname = 'organisation_id'
        where relnamespace = 'posthorn'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    )
    expect(tables.length).toBeGreaterThan(10)
    expect(tables.filter(({ isHeld }) => !isHeld)).toEqual([])
  })

  test('without an organisation the API sees nothing and changes nothing', async () => {
    expect(await api.query((sql) => sql`select from domain_events`)).toHaveLength(0)
    const updated = await api.query((sql) => sql`update domain_events set source = 'stolen'`)
    expect(updated.count).toBe(0)
    const deleted = await api.query((sql) => sql`delete from domain_events`)
    expect(deleted.count).toBe(0)
    await expect(insertAsHost(api, one)).rejects.toMatchObject({ code: '42501' })
  })

  test('with an organisation it sees that one', async () => {
    expect(await organisationsSeen(one)).toEqual([one, one])
    expect(await organisationsSeen(one.toUpperCase())).toEqual([one, one])
    expect(await organisationsSeen(other)).toEqual([other])
    expect(await organisationsSeen(newId())).toEqual([])
  })

  test('the platform sees all', async () => {
    expect(await organisationsSeen('platform')).toEqual([one, one, other].sort())
  })

  test('nothing of it remains on the connection', async () => {
    await organisationsSeen(one)
    expect(await api.query((sql) => sql`select from domain_events`)).toHaveLength(0)
    const failing = asTenant(api, other, async (tx) => {
      await tx`select from domain_events`
      throw new Error('mine')
    })
    await expect(failing).rejects.toThrow('mine')
    expect(await api.query((sql) => sql`select from domain_events`)).toHaveLength(0)
  })

  test('it cannot write for another organisation', async () => {
    const writing = asTenant(
      api,
      one,
      (tx) => tx`
        insert into domain_events (organisation_id, entity_type, entity_id, event_type, data)
        values (${other}, 'order', ${newId()}, 'order.created', '{}')`,
    )
    await expect(writing).rejects.toMatchObject({ code: '42501' })
    const moving = asTenant(
      api,
      one,
      (tx) => tx`update domain_events set organisation_id = ${other}`,
    )
    await expect(moving).rejects.toMatchObject({ code: '42501' })
  })

  test('neither role reaches a partition by its own name', async () => {
    const [partition] = await host.query(
      (sql) => sql<{ name: string }[]>`
        select relname as name from pg_class where relispartition and relkind = 'r' limit 1`,
    )
    for (const role of Object.values(roles)) {
      const reading = connect({ role }).query((sql) => sql.unsafe(`select from ${partition?.name}`))
      await expect(reading).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('what is no UUID is refused before it reaches the policies', async () => {
    for (const wrong of ['*', '', 'x', `${one} `, `${one}'`]) {
      await expect(organisationsSeen(wrong)).rejects.toThrow(/UUID/)
    }
  })

  test('the dispatcher sees all', async () => {
    const dispatcher = connect({ role: roles.dispatcher })
    expect(await dispatcher.query((sql) => sql`select from domain_events`)).toHaveLength(3)
  })
})

import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEmitter, EmitError, emit } from '../../sdk/src/index.ts'
import { createPosthorn } from '../../server/index.ts'
import { issueEvent } from '../support/create-test-posthorn.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { drivers, type Host } from './drivers.ts'
import { openPrisma } from './prisma-client.ts'

let database: TestDatabase
let sql: postgres.Sql
const event = (more = {}) =>
  issueEvent({ organisationId: randomUUID(), ...more }) as Parameters<typeof emit>[1]

beforeAll(async () => {
  database = await createTestDatabase()
  sql = postgres(database.url, { max: 1, onnotice: () => undefined })
  await sql.unsafe(`
    create role "no ${database.url.slice(-6)}" login password 'no';
    create schema unmigrated`)
})

afterAll(async () => {
  await sql.unsafe(`drop role "no ${database.url.slice(-6)}"`)
  await sql.end()
  await database.drop()
})

describe.each(Object.entries(drivers))('with %s', (_, open) => {
  async function refusal(url: string, work: (host: Host) => Promise<unknown>): Promise<EmitError> {
    const host = await open(url)
    try {
      const error = await work(host).catch((error: unknown) => error)
      expect(error).toBeInstanceOf(EmitError)
      expect((error as EmitError).cause).toBeInstanceOf(Error)
      return error as EmitError
    } finally {
      await host.close()
    }
  }

  test('what keeps Postgres from taking an event is said with the fix', async () => {
    const inSchema = (schema: string) => (host: Host) =>
      host.transaction((tx) => emit(tx, event(), { schema }))
    for (const schema of ['unmigrated', 'absent', 'a"; drop schema posthorn; --']) {
      const { code, message } = await refusal(database.url, inSchema(schema))
      expect(code).toBe('not_migrated')
      expect(message).toContain('npx posthorn migrate')
      expect(message).toContain(`"${schema.replaceAll('"', '""')}"`)
    }
    const tooOld = await refusal(database.url, (host) =>
      host.transaction((tx) => emit(tx, event({ createdAt: '2001-01-01T00:00:00Z' }))),
    )
    expect(tooOld.code).toBe('event_id_out_of_range')
    expect(tooOld.message).toContain('no partition')
    const stranger = new URL(database.url)
    stranger.username = `no ${database.url.slice(-6)}`
    stranger.password = 'no'
    const denied = await refusal(stranger.href, inSchema('posthorn'))
    expect(denied.code).toBe('permission_denied')
    expect(denied.message).toContain('GRANT INSERT ON "posthorn".domain_events')
  })
})

test('what is no transaction is refused, with what is taken', async () => {
  for (const tx of [undefined, null, {}, 'postgres://localhost', () => undefined, new Map()]) {
    const emitted = emit(tx as never, event())
    await expect(emitted).rejects.toThrow(TypeError)
    await expect(emitted).rejects.toThrow('a postgres.js sql, a pg client, a drizzle transaction')
  }
})

test('the Prisma client in place of its transaction is refused: the event would outlive a rollback', async () => {
  const prisma = await openPrisma(database.url)
  await expect(emit(prisma, event())).rejects.toThrow('prisma.$transaction(async (tx) => { … })')
  await prisma.$disconnect()
})

test('the schema may have any name', async () => {
  const schema = 'hooks_of_acme'
  const posthorn = createPosthorn({ database: database.url, schema, encryptionKeys })
  try {
    await posthorn.migrate()
    const { emit } = createEmitter({ schema })
    const { id } = await emit(sql, event())
    expect(await sql`select id from ${sql(schema)}.domain_events`).toEqual([{ id }])
    await expect(posthorn.emit(sql, event())).resolves.toHaveProperty('id')
  } finally {
    await posthorn.close()
  }
})

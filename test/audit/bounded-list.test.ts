import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditQuery, listEntries } from '../../server/audit/list-entries.ts'
import type { Context } from '../../server/context.ts'
import type { Database } from '../../server/database/database.ts'
import { asTenant } from '../../server/database/tenant.ts'
import { newId } from '../../server/kernel/ids.ts'
import { connectTo } from '../support/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/* Counted in rows and index entries read, not in time; the statements are prepared on an empty table. */

const entries = 5000
const scan = 100
const [big, small] = [randomUUID(), randomUUID()]
let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = connectTo(database, { role: 'posthorn_api' })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

async function entriesRead(): Promise<{ index: number; sequential: number }> {
  await db.query((sql) => sql`select pg_stat_force_next_flush()`)
  const [row] = await db.query(
    (sql) => sql<{ index: number; sequential: number }[]>`
      select (select sum(idx_tup_read)::float8 from pg_stat_all_indexes where relname = 'audit_log') as index,
        seq_tup_read::float8 as sequential from pg_stat_all_tables where relname = 'audit_log'`,
  )
  return row ?? { index: Number.NaN, sequential: Number.NaN }
}

const time = (ageMs: number) => new Date(Date.now() + ageMs).toISOString()
const filters: Partial<AuditQuery>[] = [
  {},
  { action: 'api_key.revoked' },
  { actorId: 'nobody' },
  { targetKind: 'replay' },
  { targetId: 'often' },
  { targetId: 'never' },
  { targetId: 'often', action: 'api_key.revoked' },
  { since: time(-60_000), actorId: 'nobody' },
  { until: time(60_000), actorId: 'nobody' },
]

test('a list reads no more entries than its bound allows, whatever it asks for', async () => {
  const list = (tenant: string, filter: Partial<AuditQuery>) =>
    listEntries(
      { database: { api: db } } as unknown as Context,
      tenant,
      { limit: 10, ...filter },
      scan,
    )
  const all = ['platform', big, small].flatMap((tenant) =>
    filters
      // Another organisation's target costs what that target has: its index does not know whose it is.
      .filter((filter) => tenant !== small || filter.targetId !== 'often')
      .map((filter) => ({ tenant, filter })),
  )
  for (let times = 0; times < 6; times++) {
    for (const { tenant, filter } of all) await list(tenant, filter)
  }
  await asTenant(
    db,
    'platform',
    (tx) => tx`
      insert into audit_log (id, organisation_id, actor_kind, actor_id, action, target_kind, target_id)
      select id, ${big}, 'api_key', 'k', 'subscription.paused', 'subscription', 'often'
      from unnest(${Array.from({ length: entries }, newId)}::uuid[]) id`,
  )
  for (const { tenant, filter } of all) {
    const before = await entriesRead()
    await list(tenant, filter)
    const after = await entriesRead()
    const what = `${tenant === small ? 'small' : tenant} ${JSON.stringify(filter)}`
    expect(after.index - before.index, what).toBeLessThanOrEqual(scan + 10)
    expect(after.sequential - before.sequential, what).toBe(0)
  }
})

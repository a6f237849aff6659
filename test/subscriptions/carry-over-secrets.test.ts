import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { expect, test } from 'vitest'
import { connectDatabase } from '../../server/database/database.ts'
import { migrate } from '../../server/database/migrate.ts'
import { newId } from '../../server/kernel/ids.ts'
import { Keyring } from '../../server/kernel/keyring.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { newSecret } from '../../server/subscriptions/secret.ts'
import { openRow } from '../../server/subscriptions/stored-secrets.ts'
import type { SubscriptionRow } from '../../server/subscriptions/subscription-row.ts'
import { createTestDatabase } from '../support/database.ts'
import { partitionedTables } from '../support/template.ts'

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url))
const schema = 'earlier'

test('the secret before a rotation signs on through the migration, sealed or not, and no longer than it would have', async () => {
  const database = await createTestDatabase()
  const log = silentLogger
  const db = connectDatabase({
    ...{ url: database.url, schema, applicationName: 'test', maxConnections: 2, log },
  })
  const keyring = new Keyring(new Map([['k1', Buffer.alloc(32, 7)]]))
  const [sealed, plain, expired, without] = [newId(), newId(), newId(), newId()]
  const before = new Map([sealed, plain, expired].map((id) => [id, newSecret()]))
  const untilMs = Date.now() + 3_600_000
  await db.transaction(async (tx) => {
    await tx.unsafe(
      `create schema ${schema};
       create table __drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`,
    )
    for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder }).slice(
      0,
      12,
    )) {
      for (const statement of sql) await tx.unsafe(statement)
      await tx`insert into __drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`
    }
    for (const id of [sealed, plain, expired, without]) {
      const place = { table: 'subscriptions', organisationId: null, id, column: 'previous_secret' }
      const text = before.get(id) ?? null
      const stored = id === sealed ? keyring.seal(text ?? '', place) : text
      const expiresAt = new Date(id === expired ? Date.now() - 1000 : untilMs)
      await tx`
        insert into subscriptions (id, url, secret, previous_secret, previous_secret_expires_at, revision)
        values (${id}, 'https://example.com', ${newSecret()}, ${stored}, ${text && expiresAt}, 1)`
    }
  })
  await migrate(db, { schema, tables: partitionedTables, nowMs: Date.now(), log })
  const rows = await db.query((sql) => sql<SubscriptionRow[]>`select * from subscriptions`)
  const opened = rows.map((row) => openRow(keyring, row))
  const expiresAt = new Date(untilMs).toISOString()
  const kept = (id: string) => [{ secret: before.get(id), expiresAt }]
  const found = new Map(opened.map(({ id, previousSecrets }) => [id, previousSecrets]))
  expect(found).toEqual(
    new Map<string, unknown>([
      [sealed, kept(sealed)],
      [plain, kept(plain)],
      [expired, []],
      [without, []],
    ]),
  )
  expect(rows.find(({ id }) => id === sealed)?.previousSecrets[0]?.secret).toMatch(/^sealed1\.k1/)
  expect(opened.map(({ signing, sealedReason }) => [signing, sealedReason])).toEqual(
    rows.map(() => ['hmac', undefined]),
  )
  await db.close()
  await database.drop()
})

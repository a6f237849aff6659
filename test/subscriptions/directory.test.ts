import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { connectDatabase } from '../../server/database/database.ts'
import { Keyring } from '../../server/kernel/keyring.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { SubscriptionDirectory } from '../../server/subscriptions/index.ts'
import { newSecret } from '../../server/subscriptions/secret.ts'
import { createTestDatabase } from '../support/database.ts'

test('a subscription that cannot be used is kept as such, told of once per change, and hides no other', async () => {
  const testDatabase = await createTestDatabase()
  const database = connectDatabase({
    url: testDatabase.url,
    schema: 'posthorn',
    applicationName: 'test',
    maxConnections: 1,
    log: silentLogger,
  })
  const told: object[] = []
  const log = { ...silentLogger, error: (fields: object) => told.push(fields) }
  const directory = new SubscriptionDirectory(database, new Keyring(), log)
  const [broken, healthy, organisationId] = [randomUUID(), randomUUID(), randomUUID()]
  const event = {
    organisationId,
    entityType: 'Issue',
    entityId: randomUUID(),
    eventType: 'IssueCreated',
    data: () => ({}),
  }
  const hearers = () => directory.match(event).map(({ id }) => id)
  await database.query(
    (sql) => sql`
      with next as (update subscription_revision set revision = revision + 1 returning revision)
      insert into subscriptions (id, organisation_id, url, secret, revision)
      select v.id, ${organisationId}, 'https://example.com', v.secret, revision
      from next, (values (${broken}::uuid, 'hunter2'), (${healthy}::uuid, ${newSecret()})) v(id, secret)`,
  )
  await directory.refresh()
  await directory.refresh()
  expect(directory.get(broken)).toMatchObject({
    status: 'unusable',
    unusableReason: expect.stringMatching(/secret/),
  })
  expect(told).toEqual([{ subscriptionId: broken, reason: expect.stringMatching(/secret/) }])
  expect(hearers()).toEqual([healthy])

  await database.query(
    (sql) => sql`
      with next as (update subscription_revision set revision = revision + 1 returning revision)
      update subscriptions set secret = ${newSecret()}, revision = next.revision from next where id = ${broken}`,
  )
  await directory.refresh()
  expect(directory.get(broken)?.status).toBe('active')
  expect(told).toHaveLength(1)
  expect(hearers().sort()).toEqual([broken, healthy].sort())
  await database.close()
  await testDatabase.drop()
})

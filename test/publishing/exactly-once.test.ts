import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { createPosthorn } from '../../server/index.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { startReceiver } from '../support/receiver.ts'

test('two servers on one database share the work: every event reaches each subscription exactly once, also while one stops', async () => {
  const receiver = await startReceiver()
  const first = await createTestPosthorn({ dispatcher: { leaseMs: 2000 } })
  const second = createPosthorn({
    database: first.databaseUrl,
    encryptionKeys,
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    retentionDays: { events: 3, deliveries: 3 },
    consoleDir: false,
    dispatcher: { leaseMs: 2000 },
  })
  const sql = postgres(first.databaseUrl, { max: 2 })
  try {
    await Promise.all([first.posthorn.dispatcher.start(), second.dispatcher.start()])
    const organisations = await Promise.all(
      Array.from({ length: 12 }, () => first.createOrganisation()),
    )
    for (const { organisationId } of organisations) {
      for (const path of ['/x', '/y']) {
        await first.call('POST', '/v1/subscriptions', {
          body: { organisationId, url: receiver.url(path) },
        })
      }
    }
    const ids: string[] = []
    const post = async (round: number) => {
      const { organisationId, key } = organisations[round % organisations.length] ?? {
        organisationId: '',
        key: '',
      }
      const events = Array.from({ length: 20 }, () => issueEvent())
      const { body } = await first.call('POST', '/v1/events/batch', { key, body: { events } })
      ids.push(...body.results.map((result: { event: { id: string } }) => result.event.id))
      const rows = await sql<{ id: string }[]>`
        insert into posthorn.domain_events (entity_type, entity_id, event_type, data, organisation_id)
        select 'Issue', ${randomUUID()}, 'IssueUpdated', '{}', ${organisationId} from generate_series(1, 5) returning id`
      ids.push(...rows.map((row) => row.id))
    }
    for (let round = 0; round < 24; round++) {
      await post(round)
      if (round === 12) void second.dispatcher.stop()
    }
    const requests = await receiver.waitFor(ids.length * 2, { timeoutMs: 25_000 })
    const seen = requests.map((request) => `${request.path} ${request.webhookId}`).sort()
    expect(seen).toEqual(['/x', '/y'].flatMap((path) => ids.map((id) => `${path} ${id}`)).sort())
  } finally {
    await sql.end()
    await second.close()
    await first.close()
    await receiver.close()
  }
})

import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { startProgram } from '../faults/program.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { startReceiver } from '../support/receiver.ts'

test('a commit outlives kill -9 of its process in the same moment: another process delivers every event', async () => {
  const receiver = await startReceiver()
  const server = await createTestPosthorn({ dispatcher: { leaseMs: 2000 } })
  try {
    await server.posthorn.dispatcher.start()
    // As many as have their buckets in both processes.
    const organisationIds: string[] = []
    for (let count = 0; count < 10; count++) {
      const { organisationId } = await server.createOrganisation()
      const body = { organisationId, url: receiver.url('/') }
      await server.call('POST', '/v1/subscriptions', { body })
      organisationIds.push(organisationId)
    }
    const host = await startProgram({
      name: 'dying host',
      path: fileURLToPath(new URL('./dying-host.ts', import.meta.url)),
      args: [server.databaseUrl, ...organisationIds],
      ready: /^committed (.+)$/,
    })
    const ids = host.line[1]?.split(' ') ?? []
    expect(ids).toHaveLength(organisationIds.length)
    const arrived = () => [...new Set(receiver.requests().map(({ webhookId }) => webhookId))].sort()
    await expect.poll(arrived, { timeout: 20_000 }).toEqual(ids.sort())
    expect(await host.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' })
  } finally {
    await server.close()
    await receiver.close()
  }
})

test('what another service inserts by plain SQL is delivered too', async () => {
  const receiver = await startReceiver()
  const server = await createTestPosthorn()
  const sql = postgres(server.databaseUrl, { max: 1 })
  try {
    await server.posthorn.dispatcher.start()
    const { organisationId } = await server.createOrganisation()
    const body = { organisationId, url: receiver.url('/') }
    await server.call('POST', '/v1/subscriptions', { body })
    const [row] = await sql`
      insert into posthorn.domain_events (organisation_id, entity_type, entity_id, event_type, data)
      values (${organisationId}, 'Issue', gen_random_uuid(), 'IssueStatusChanged', '{"from": "open", "to": "closed"}')
      returning id`
    const [request] = await receiver.waitFor(1)
    expect(request?.webhookId).toBe(row?.['id'])
  } finally {
    await sql.end()
    await server.close()
    await receiver.close()
  }
})

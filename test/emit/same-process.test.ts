import postgres from 'postgres'
import { test, vi } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { startReceiver } from '../support/receiver.ts'

// Without it, an event would wait for the next look at all buckets: here for ten minutes.
test('a dispatcher looks at once for what its own process emits, also through another copy of the SDK', async () => {
  const receiver = await startReceiver()
  const server = await createTestPosthorn({ dispatcher: { publishPollMs: 600_000 } })
  const sql = postgres(server.databaseUrl, { max: 1 })
  try {
    await server.posthorn.dispatcher.start()
    // As in a bundle: modules of its own, in the same process.
    vi.resetModules()
    const copy = await import('../../sdk/src/index.ts')
    for (const [name, emit] of Object.entries({ copy: copy.emit, own: server.posthorn.emit })) {
      const { organisationId } = await server.createOrganisation()
      const body = { organisationId, url: receiver.url(`/${name}`) }
      await server.call('POST', '/v1/subscriptions', { body })
      const event = issueEvent({ organisationId }) as Parameters<typeof copy.emit>[1]
      await sql.begin((tx) => emit(tx, event))
      await receiver.waitFor(1, { path: `/${name}` })
    }
  } finally {
    await sql.end()
    await server.close()
    await receiver.close()
  }
})

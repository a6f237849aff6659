import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn({ quotas: { backlog: 3 } })
  await server.posthorn.dispatcher.start()
})

afterAll(() => server.close())

test('while too many deliveries of an organisation wait, the API takes no event of it; others are not held up', async () => {
  const { key, organisationId } = await server.createOrganisation(['admin'])
  const other = await server.createOrganisation()
  const post = (credential: string) =>
    server.call('POST', '/v1/events', { key: credential, body: issueEvent() })
  const { body: subscription } = await server.call('POST', '/v1/subscriptions', {
    key,
    body: { url: 'https://example.com/', entityTypes: ['Issue'] },
  })
  await server.call('POST', `/v1/subscriptions/${subscription.id}/pause`, { key })
  for (let event = 0; event < 4; event++) expect((await post(key)).status).toBe(202)
  await expect.poll(async () => (await post(key)).status, { interval: 250 }).toBe(429)
  const refused = await post(key)
  expect(refused.body).toMatchObject({
    code: 'backlog_quota_exceeded',
    limit: { name: 'backlog', value: 3 },
  })
  expect(refused.headers.get('retry-after')).toBe('10')
  expect((await post(other.key)).status).toBe(202)
  // Another quota holds at once: what was counted stays.
  await server.call('PUT', `/v1/organisations/${organisationId}`, {
    body: { name: 'Acme', quotas: { backlog: 1000 } },
  })
  expect((await post(key)).status).toBe(202)
})

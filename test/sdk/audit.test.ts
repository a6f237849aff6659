import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPosthornClient } from '../../sdk/src/index.ts'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn()
})

afterAll(() => server.close())

test('the audit log is read by page or entry by entry, of the organisation that the client means', async () => {
  const { organisationId } = await server.createOrganisation()
  await server.createOrganisation()
  const { audit, subscriptions } = createPosthornClient({
    url: 'http://posthorn.test',
    apiKey: platformKey,
    organisationId,
    fetch: async (input, init) => server.posthorn.fetch(new Request(input, init)),
  })
  const { id } = await subscriptions.create({ url: 'https://example.com/' })
  await subscriptions.pause(id)
  const page = await audit.list({ limit: 1 })
  expect(page.data.map(({ action }) => action)).toEqual(['subscription.paused'])
  expect(page.nextCursor).not.toBeNull()
  const all = await Array.fromAsync(audit.iterate({ limit: 1 }))
  expect(all.map(({ action }) => action)).toEqual([
    'subscription.paused',
    'subscription.created',
    'api_key.created',
  ])
  const [made] = (await audit.list({ targetId: id, action: 'subscription.created' })).data
  expect(made).toMatchObject({ organisationId, targetKind: 'subscription', targetId: id })
})

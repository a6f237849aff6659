import { createPosthornClient } from '@posthorn/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendOnce } from '../../admin-ui/src/session/send-once.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn()
})

afterAll(() => server.close())

const input = { url: 'https://example.com/', description: 'mine' }

/** A client as the console has it, whose first `lost` answers get lost on the way. */
async function createClient({ lost = 0 } = {}) {
  const { key } = await server.createOrganisation()
  let answers = 0
  const carry: typeof fetch = async (address, init) => {
    const answer = await server.posthorn.fetch(new Request(address, init))
    if (++answers <= lost) throw new TypeError('fetch failed')
    return answer
  }
  return createPosthornClient({
    url: 'http://posthorn.test',
    token: key,
    retries: 1,
    fetch: sendOnce(carry),
  })
}

test('who presses twice makes one, and both are told of it', async () => {
  const client = await createClient()
  const create = () => client.subscriptions.create(input)
  const [first, second] = await Promise.all([create(), create()])
  expect(second).toEqual(first)
  expect((await client.subscriptions.list()).data).toHaveLength(1)
})

test('who asks again after the connection broke gets what was made, and its secret', async () => {
  const client = await createClient({ lost: 2 })
  await expect(client.subscriptions.create(input)).rejects.toThrow(TypeError)
  const again = await client.subscriptions.create(input)
  expect((await client.subscriptions.list()).data.map(({ id }) => id)).toEqual([again.id])
  expect(again.secret).toBe((await client.subscriptions.secret(again.id)).secret)
})

test('what is asked for after an answer, or differently, is another thing', async () => {
  const client = await createClient()
  await client.subscriptions.create(input)
  await client.subscriptions.create(input)
  await client.subscriptions.create({ ...input, description: 'another' })
  expect((await client.subscriptions.list()).data).toHaveLength(3)
})

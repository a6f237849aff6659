import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  verifyWebhook,
  type WebhookKeys,
  WebhookVerificationError,
} from '../../sdk/src/webhooks.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { createOrganisation, until } from '../support/organisation.ts'
import { type ReceivedRequest, type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let http: Server
let origin: string

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
  http = createServer(server.posthorn.node).listen(0, '127.0.0.1')
  await once(http, 'listening')
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})
afterAll(async () => {
  http.close()
  await server.close()
  await receiver.close()
})

async function isGenuine(request: ReceivedRequest, keys: string | WebhookKeys): Promise<boolean> {
  try {
    const { headers, body } = request
    const raw = new Request('http://localhost/', {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
    })
    return (await verifyWebhook(raw, keys)).id === request.webhookId
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false
    throw error
  }
}

test('through rotations and changes of scheme, who has not changed a key yet verifies every request', async () => {
  const organisation = await createOrganisation(server, receiver)
  const { key } = organisation
  const { id, path } = await organisation.subscribe()
  const call = async (method: string, more: string, body?: object) => {
    const address = `/v1/subscriptions/${id}${more}`
    return (await server.call(method, address, { key, ...(body && { body }) })).body
  }
  /** After each step, what a receiver that takes over the new key then has. */
  const keys: string[] = []
  const first = (await call('GET', '/secret')).secret as string
  let isPosting = true
  let posted = 0
  const posting = (async () => {
    while (isPosting) {
      await organisation.postMany(2)
      posted += 2
    }
  })()
  const seen = () => receiver.requests(path).length
  const step = async (
    change: () => Promise<{ secret: string | null; publicKey: string | null }>,
  ) => {
    const before = seen()
    await until(() => seen() > before + 10)
    const { secret, publicKey } = await change()
    keys.push(secret ?? publicKey ?? expect.fail('no key'))
  }
  await step(() => call('PATCH', '', { signing: 'ed25519' }))
  await step(() => call('POST', '/rotate-secret', {}))
  await step(async () => {
    const patched = await call('PATCH', '', { signing: 'hmac' })
    return { ...patched, ...(await call('GET', '/secret')) }
  })
  await step(() => call('PATCH', '', { signing: 'ed25519' }))
  await until(() => seen() > 60)
  isPosting = false
  await posting
  await until(() => seen() >= posted)
  const requests = receiver.requests(path)
  const jwks = `${origin}/.well-known/jwks.json?subscriptionId=${id}`
  const last = keys.at(-1) ?? ''
  for (const request of requests) {
    expect(await isGenuine(request, first)).toBe(true)
    // Somebody who reads the keys sees all of those that sign, and needs the secret for what came before them.
    expect(await isGenuine(request, { jwks, keys: first })).toBe(true)
  }
  const newest = requests.at(-1) ?? expect.fail('nothing came')
  expect(newest.headers['webhook-signature']?.toString().split(' ')).toHaveLength(5)
  for (const one of [first, ...keys]) expect(await isGenuine(newest, one)).toBe(true)
  expect(await isGenuine(newest, { jwks })).toBe(true)
  // Leaked: from here on only the newest.
  const { publicKey } = await call('POST', '/rotate-secret', { overlapSeconds: 0 })
  await organisation.postMany(1)
  await until(() => seen() > requests.length)
  const after = receiver.requests(path).at(-1) ?? expect.fail('nothing came')
  expect(await isGenuine(after, publicKey)).toBe(true)
  for (const one of [first, ...keys]) expect(await isGenuine(after, one)).toBe(false)
  expect(await isGenuine(newest, last)).toBe(true)
}, 30_000)

test('what one tenant was sent does not verify at another, whatever it is made to look like', async () => {
  const [ours, theirs] = [
    await createOrganisation(server, receiver),
    await createOrganisation(server, receiver),
  ]
  const mine = await ours.subscribe({ signing: 'ed25519' })
  const victim = await theirs.subscribe({ signing: 'ed25519' })
  await ours.postMany(1)
  await until(() => receiver.requests(mine.path).length === 1)
  const [request] = receiver.requests(mine.path)
  if (!request) return expect.fail('nothing came')
  const jwksOf = (id: string) => ({ jwks: `${origin}/.well-known/jwks.json?subscriptionId=${id}` })
  expect(await isGenuine(request, jwksOf(mine.id))).toBe(true)
  expect(await isGenuine(request, jwksOf(victim.id))).toBe(false)
  // Nor by the keys of the platform.
  expect(await isGenuine(request, { jwks: `${origin}/.well-known/jwks.json` })).toBe(false)
})

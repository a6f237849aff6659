import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPosthorn } from '../../server/index.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'

const url = 'https://example.com/'
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let http: Server
let address: string

beforeAll(async () => {
  server = await createTestPosthorn()
  http = createServer(server.posthorn.node).listen(0, '127.0.0.1')
  await once(http, 'listening')
  address = `http://127.0.0.1:${(http.address() as AddressInfo).port}/.well-known/jwks.json`
})
afterAll(async () => {
  http.close()
  await server.close()
})

interface Jwk {
  kid: string
  x: string
}

async function keysOf(query = ''): Promise<Jwk[]> {
  const { status, body } = await server.call('GET', `/.well-known/jwks.json${query}`, { key: '' })
  expect(status).toBe(200)
  return body.keys
}

const ofSubscription = (id: string) => keysOf(`?subscriptionId=${id}`)
const toPublicKey = ({ x }: Jwk) => `whpk_${Buffer.from(x, 'base64url').toString('base64')}`

async function subscribe(settings: object = {}, key?: string) {
  const { status, body } = await server.call('POST', '/v1/subscriptions', {
    ...(key === undefined ? {} : { key }),
    body: {
      url,
      signing: 'ed25519',
      ...(key === undefined && { organisationId: null }),
      ...settings,
    },
  })
  expect(status).toBe(201)
  return body
}

/** The remembered second is over, as the answer shows. */
const shows = (id: string, publicKeys: unknown[]) =>
  expect
    .poll(async () => (await ofSubscription(id)).map(toPublicKey), { timeout: 5000 })
    .toEqual(publicKeys)

test('shows the current key of a subscription and those that still sign, as jose reads them', async () => {
  const { key } = await server.createOrganisation()
  const { id, publicKey } = await subscribe({}, key)
  await shows(id, [publicKey])
  const rotated = await server.call('POST', `/v1/subscriptions/${id}/rotate-secret`, { key })
  await shows(id, [rotated.body.publicKey, publicKey])
  const getKey = createRemoteJWKSet(new URL(`${address}?subscriptionId=${id.toUpperCase()}`))
  const keys = await ofSubscription(id)
  expect(keys).toHaveLength(2)
  for (const { kid } of keys) {
    const found = await getKey({ alg: 'EdDSA', kid }, { payload: '', signature: '' })
    expect(found).toMatchObject({ type: 'public', usages: ['verify'] })
  }
  expect(JSON.stringify(keys)).not.toContain('"d"')
  // Back to a secret: the pair before signs on, and is shown for as long.
  await server.call('PATCH', `/v1/subscriptions/${id}`, { key, body: { signing: 'hmac' } })
  await shows(id, [rotated.body.publicKey, publicKey])
  const leaked = { body: { overlapSeconds: 0 }, key }
  await server.call('POST', `/v1/subscriptions/${id}/rotate-secret`, leaked)
  await shows(id, [])
})

test('without an id it shows the keys of the platform subscriptions, and of no organisation', async () => {
  const { key } = await server.createOrganisation()
  const theirs = await subscribe({}, key)
  const [first, second] = [await subscribe(), await subscribe({ eventTypes: ['Issue*'] })]
  await subscribe({ signing: 'hmac' })
  await server.call('POST', `/v1/subscriptions/${first.id}/pause`)
  await shows(theirs.id, [theirs.publicKey])
  expect((await keysOf()).map(toPublicKey)).toEqual([second.publicKey, first.publicKey])
  await server.call('DELETE', `/v1/subscriptions/${second.id}`)
  await shows(second.id, [])
  expect((await keysOf()).map(toPublicKey)).toEqual([first.publicKey])
})

test('what is unknown, deleted, fetched or signs with a secret cannot be told apart', async () => {
  const { key } = await server.createOrganisation()
  const gone = await subscribe({}, key)
  await server.call('DELETE', `/v1/subscriptions/${gone.id}`, { key })
  const hmac = await subscribe({ signing: 'hmac' }, key)
  const pulled = await subscribe({ mode: 'pull', url: undefined, signing: undefined }, key)
  await shows(gone.id, [])
  const answers = await Promise.all(
    ['019a9d2e-5c00-7000-8000-00000000dead', gone.id, hmac.id, pulled.id].map(async (id) => {
      const response = await fetch(`${address}?subscriptionId=${id}`)
      const headers = Object.fromEntries(response.headers)
      return { headers: { ...headers, date: '', 'x-request-id': '' }, body: await response.text() }
    }),
  )
  for (const answer of answers) expect(answer).toEqual({ ...answers[0], body: '{"keys":[]}' })
})

test.each([
  ['a name', '?subscriptionId=crm'],
  ['a uid', '?subscriptionId=uid:crm'],
  ['nothing', '?subscriptionId='],
  ['a wildcard', '?subscriptionId=*'],
  ['half an id', '?subscriptionId=019a9d2e-5c00-7000'],
  ['U+0000', '?subscriptionId=%00'],
  ['an expression', "?subscriptionId=' or true --"],
  ['two of them', '?subscriptionId=a&subscriptionId=b'],
  ['another parameter', '?organisationId=019a9d2e-5c00-7000-8000-00000000dead'],
])('%s is refused', async (_what, query) => {
  const { status, body } = await server.call('GET', `/.well-known/jwks.json${query}`, { key: '' })
  expect([status, body.code]).toEqual([422, 'validation_failed'])
})

test('any page and any cache may have them, without a credential and with a wrong one', async () => {
  for (const authorization of [undefined, 'Bearer ph_wrong']) {
    const response = await fetch(address, authorization ? { headers: { authorization } } : {})
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    })
  }
})

test('lies below the basePath with everything else, and tells of what other processes changed', async () => {
  const { key } = await server.createOrganisation()
  const { id, publicKey } = await subscribe({}, key)
  const other = createPosthorn({
    ...{ database: server.databaseUrl, basePath: '/hooks', encryptionKeys },
  })
  const get = (path: string) =>
    other.fetch(new Request(`http://posthorn.test${path}?subscriptionId=${id}`))
  expect((await get('/.well-known/jwks.json')).status).toBe(404)
  const shown = async () =>
    (await (await get('/hooks/.well-known/jwks.json')).json()) as { keys: Jwk[] }
  expect((await shown()).keys.map(toPublicKey)).toEqual([publicKey])
  await server.call('DELETE', `/v1/subscriptions/${id}`, { key })
  await expect.poll(shown, { timeout: 5000 }).toEqual({ keys: [] })
  await other.close()
})

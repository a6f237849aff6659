import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPosthorn, type Posthorn } from '../../server/index.ts'
import { newEncryptionKey } from '../../server/kernel/encryption-keys.ts'
import { runCli } from '../cli/run-cli.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { until } from '../support/organisation.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const [keyA, keyB] = [newEncryptionKey(0), newEncryptionKey(Date.now())]
const idOf = (key: string) => key.split(':')[0]
const headers = { authorization: 'Bearer of-the-receiver', 'x-region': 'eu' }
let receiver: Receiver
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql
const others: Posthorn[] = []

beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()))
  await sql.end()
  await server.close()
  await receiver.close()
})

async function startWith(...encryptionKeys: string[]): Promise<void> {
  server = await createTestPosthorn({
    encryptionKeys,
    allowPlaintextSecrets: encryptionKeys.length === 0,
  })
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
}

/** A further process on the same database. */
async function dispatchWith(...encryptionKeys: string[]): Promise<Posthorn> {
  const other = createPosthorn({
    database: server.databaseUrl,
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    dispatcher: { leaseMs: 2000 },
    encryptionKeys,
  })
  others.push(other)
  await other.dispatcher.start()
  return other
}

async function stop(one: Posthorn): Promise<void> {
  others.splice(others.indexOf(one), 1)
  await one.close()
}

async function subscribe(settings: object = {}) {
  const { organisationId, key } = await server.createOrganisation()
  const path = `/${randomUUID()}`
  const { body } = await server.call('POST', '/v1/subscriptions', {
    key,
    body: { url: receiver.url(path), headers, ...settings },
  })
  return { organisationId, key, path, id: body.id as string, secret: body.secret as string }
}

async function post(key: string): Promise<void> {
  expect((await server.call('POST', '/v1/events', { key, body: issueEvent() })).status).toBe(202)
}

const encryption = (keys: string[], ...args: string[]) =>
  runCli(['encryption', ...args], {
    DATABASE_URL: server.databaseUrl,
    POSTHORN_ENCRYPTION_KEYS: keys.join(','),
  })

const requestsTo = (path: string) => receiver.requests(path)

test('the database holds secrets and headers encrypted only, and answers show what they should', async () => {
  await startWith(keyA)
  const { key, id, secret } = await subscribe()
  const rotated = await server.call('POST', `/v1/subscriptions/${id}/rotate-secret`, { key })
  expect(rotated.body).toMatchObject({ previousSecrets: [{ secret }] })
  const [row] = await sql`
    select secret, previous_secrets -> 0 ->> 'secret' as previous_secret, headers #>> '{}' as headers
    from subscriptions where id = ${id}`
  for (const stored of Object.values(row ?? {})) expect(stored).toMatch(/^sealed1\.k/)
  const read = await server.call('GET', `/v1/subscriptions/${id}/secret`, { key })
  expect(read.body).toMatchObject({ secret: rotated.body.secret, previousSecrets: [{ secret }] })
  const shown = await server.call('GET', `/v1/subscriptions/${id}`, { key })
  expect(shown.body.headers).toEqual({ authorization: '[secret]', 'x-region': 'eu' })
})

test('a masked header that is sent back keeps its value; one that never had a value is refused', async () => {
  await startWith(keyA)
  const { key, id, path } = await subscribe()
  await dispatchWith(keyA)
  const body = { headers: { authorization: '[secret]', 'x-region': 'us' } }
  const changed = await server.call('PATCH', `/v1/subscriptions/${id}`, { key, body })
  expect(changed.status).toBe(200)
  await post(key)
  await until(() => requestsTo(path).length === 1)
  expect(requestsTo(path)[0]?.headers).toMatchObject({ ...headers, 'x-region': 'us' })
  const wrong = { headers: { 'x-api-key': '[secret]' } }
  const refused = await server.call('PATCH', `/v1/subscriptions/${id}`, { key, body: wrong })
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'headers.x-api-key' }] } })
  const made = { url: 'https://example.com', ...wrong }
  expect((await server.call('POST', '/v1/subscriptions', { key, body: made })).status).toBe(422)
})

test('what is under a missing key waits, hides no other, says so, and flows when the key is back', async () => {
  await startWith(keyA)
  const [sealed, healthy] = [await subscribe(), await subscribe()]
  await sql`update subscriptions set secret = 'whsec_' || encode(repeat('k', 43)::bytea, 'base64'),
    headers = '{}' where id = ${healthy.id}`
  const without = await dispatchWith(keyB)
  await post(sealed.key)
  await post(healthy.key)
  await until(() => requestsTo(healthy.path).length === 1)
  const get = (path: string) =>
    without.fetch(
      new Request(`http://posthorn.test/v1/subscriptions/${sealed.id}${path}`, {
        headers: { authorization: `Bearer ${sealed.key}` },
      }),
    )
  const shown = await (await get('')).json()
  expect(shown).toMatchObject({ headers: {}, problem: expect.stringContaining(`"${idOf(keyA)}"`) })
  const secret = await get('/secret')
  expect(secret.status).toBe(409)
  expect(await secret.json()).toMatchObject({ code: 'subscription_secret_sealed' })
  expect(requestsTo(sealed.path)).toEqual([])
  await stop(without)
  await dispatchWith(keyB, keyA)
  await until(() => requestsTo(sealed.path).length === 1)
  expect(requestsTo(sealed.path)[0]?.headers).toMatchObject(headers)
})

test('rotating signing secret and master key while delivering: every request verifies, none is missing', async () => {
  await startWith()
  const subscriptions = await Promise.all(Array.from({ length: 4 }, () => subscribe()))
  const secrets = new Map(subscriptions.map((one) => [one.path, [one.secret]]))
  // Stored as they are, under the first key, and under the second: what an operator goes through.
  const first = await dispatchWith(keyA)
  let isPosting = true
  let posted = 0
  const posting = (async () => {
    while (isPosting) {
      await Promise.all(subscriptions.map(({ key }) => post(key)))
      posted++
      // A pace at which two cores keep up with four processes' work.
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  const rotate = async (one: (typeof subscriptions)[number]) => {
    const path = `/v1/subscriptions/${one.id}/rotate-secret`
    const call = new Request(`http://posthorn.test${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${one.key}` },
    })
    const { secret } = (await (await (others.at(-1) ?? first).fetch(call)).json()) as {
      secret: string
    }
    secrets.get(one.path)?.push(secret)
  }
  const status = async (keys: string[]) =>
    JSON.parse((await encryption(keys, 'status', '--json')).out)
  expect((await status([keyA])).keys).toEqual([{ keyId: null, secrets: 8, state: 'not encrypted' }])
  expect(await encryption([keyA], 'rotate')).toMatchObject({ code: 0 })
  await Promise.all(subscriptions.slice(0, 2).map(rotate))
  const second = await dispatchWith(keyB, keyA)
  await stop(first)
  expect(await encryption([keyB, keyA], 'rotate')).toMatchObject({ code: 0 })
  await Promise.all(subscriptions.slice(2).map(rotate))
  const third = await dispatchWith(keyB)
  await stop(second)
  isPosting = false
  await posting
  expect((await status([keyB])).keys).toEqual([
    { keyId: idOf(keyB), secrets: 12, state: 'current' },
  ])
  await until(() => {
    const ids = new Set(receiver.requests().map(({ path, webhookId }) => `${path} ${webhookId}`))
    return ids.size === posted * subscriptions.length
  })
  await stop(third)
  for (const { path, body, headers: received } of receiver.requests()) {
    const verifies = (secret: string) => {
      try {
        new Webhook(secret).verify(body.toString(), received as Record<string, string>)
        return true
      } catch {
        return false
      }
    }
    expect(secrets.get(path)?.some(verifies)).toBe(true)
    expect(received['authorization']).toBe(headers.authorization)
  }
  const entries = await sql`select after, actor_kind from audit_log
    where action = 'encryption.rotated' order by id`
  expect(entries).toEqual([
    { actor_kind: 'command_line', after: { resealed: 4, unreadable: 0 } },
    { actor_kind: 'command_line', after: { resealed: 4, unreadable: 0 } },
  ])
})

test('private keys and all old secrets come under the new key, and open by it alone', async () => {
  await startWith(keyA)
  const { key, id } = await subscribe()
  for (const signing of ['ed25519', 'hmac', 'ed25519'])
    await server.call('PATCH', `/v1/subscriptions/${id}`, { key, body: { signing } })
  expect(await encryption([keyB, keyA], 'rotate')).toMatchObject({ code: 0 })
  const { out } = await encryption([keyB], 'status', '--json')
  // The current one, three from before, and the headers.
  expect(JSON.parse(out).keys).toEqual([{ keyId: idOf(keyB), secrets: 5, state: 'current' }])
  const get = async (one: Posthorn) => {
    const url = `http://posthorn.test/v1/subscriptions/${id}`
    return (
      await one.fetch(new Request(url, { headers: { authorization: `Bearer ${key}` } }))
    ).json()
  }
  expect(await get(await dispatchWith(keyB))).toMatchObject({
    ...{ signing: 'ed25519', publicKey: expect.stringMatching(/^whpk_/), problem: null },
  })
  expect(await get(await dispatchWith(keyA))).toMatchObject({
    ...{ signing: 'ed25519', publicKey: null, problem: expect.stringContaining(`"${idOf(keyB)}"`) },
  })
})

test('rotating changes nothing a second time, and names what it cannot open', async () => {
  await startWith(keyA)
  const { id } = await subscribe()
  const again = await encryption([keyA], 'rotate', '--json')
  expect(JSON.parse(again.out)).toEqual({ resealed: 0, unreadable: [] })
  const lost = await encryption([keyB], 'rotate', '--json')
  expect(lost.code).toBe(1)
  expect(JSON.parse(lost.out).unreadable).toMatchObject([{ id }])
  expect((await encryption([], 'rotate')).code).toBe(2)
})

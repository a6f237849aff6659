import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newEncryptionKey } from '../../server/kernel/encryption-keys.ts'
import { newSecret } from '../../server/subscriptions/secret.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

const url = 'https://example.com/'
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql
let key: string

beforeAll(async () => {
  server = await createTestPosthorn({ encryptionKeys: [newEncryptionKey(0)] })
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
  key = (await server.createOrganisation(['admin'])).key
})
afterAll(async () => {
  await sql.end()
  await server.close()
})

const call = (method: string, path: string, body?: unknown) =>
  server.call(method, path, { key, ...(body === undefined ? {} : { body }) })

async function subscribe(settings: object = {}) {
  const { status, body } = await call('POST', '/v1/subscriptions', { url, ...settings })
  expect(status).toBe(201)
  return { ...body, path: `/v1/subscriptions/${body.id}` }
}

const rotate = (path: string, body?: object) => call('POST', `${path}/rotate-secret`, body)
const storedOf = async (id: string) =>
  (await sql`select signing, secret, previous_secrets from subscriptions where id = ${id}`)[0]

test('a subscription that signs with ed25519 shows its public key, and its private one nowhere', async () => {
  const made = await subscribe({ signing: 'ed25519' })
  const publicKey = expect.stringMatching(/^whpk_[A-Za-z0-9+/]{43}=$/)
  expect(made).toMatchObject({ signing: 'ed25519', publicKey, secret: null })
  const rotated = await rotate(made.path)
  expect(rotated.body).toMatchObject({ signing: 'ed25519', publicKey, secret: null })
  expect(rotated.body.publicKey).not.toBe(made.publicKey)
  expect(rotated.body.previousSecrets).toMatchObject([{ secret: null, publicKey: made.publicKey }])
  const shown = (await call('GET', made.path)).body
  expect(shown).toMatchObject({ signing: 'ed25519', publicKey: rotated.body.publicKey })
  const list = (await call('GET', '/v1/subscriptions')).body
  expect(list.data[0].publicKey).toBe(rotated.body.publicKey)
  const put = await call('PUT', made.path, { url })
  expect(put.body).toMatchObject({ secret: null, publicKey: rotated.body.publicKey })
  const audit = (await call('GET', '/v1/audit')).body
  expect(audit.data.map(({ action }: { action: string }) => action)).toContain(
    'subscription.secret_rotated',
  )
  const stored = await storedOf(made.id)
  expect(stored?.['signing']).toBe('ed25519')
  expect(stored?.['secret']).toMatch(/^sealed1\./)
  expect(stored?.['previous_secrets'][0].secret).toMatch(/^sealed1\./)
  const told = JSON.stringify([made, rotated.body, shown, list, put.body, audit, stored])
  expect(told).not.toContain('whsk_')
})

test('there is no secret to read of one that signs with ed25519, and the answer says where its public key is', async () => {
  const { path, id, publicKey } = await subscribe({ signing: 'ed25519' })
  const { status, body } = await call('GET', `${path}/secret`)
  expect([status, body.code]).toEqual([409, 'subscription_signs_with_private_key'])
  expect(body.detail).toContain(publicKey)
  expect(body.detail).toContain(`/.well-known/jwks.json?subscriptionId=${id}`)
})

test('another signing is a rotation: what signed before signs on for a day, by PATCH as by PUT', async () => {
  const made = await subscribe()
  expect(made).toMatchObject({ signing: 'hmac', publicKey: null })
  const patched = await call('PATCH', made.path, { signing: 'ed25519' })
  expect(patched.body).toMatchObject({ signing: 'ed25519', publicKey: expect.any(String) })
  const put = await call('PUT', made.path, { url, signing: 'hmac' })
  expect(put.body).toMatchObject({ signing: 'hmac', publicKey: null })
  expect(put.body.secret).not.toBe(made.secret)
  const { body } = await call('GET', `${made.path}/secret`)
  expect(body.secret).toBe(put.body.secret)
  expect(body.previousSecrets).toMatchObject([
    { secret: null, publicKey: patched.body.publicKey },
    { secret: made.secret, publicKey: null },
  ])
  for (const { expiresAt } of body.previousSecrets)
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(86_000_000)
})

test('what changes nothing of the signing rotates nothing', async () => {
  const made = await subscribe({ signing: 'ed25519' })
  await call('PATCH', made.path, { signing: 'ed25519', description: 'x' })
  await call('PUT', made.path, { url, signing: 'ed25519' })
  const put = await call('PUT', made.path, { url })
  expect(put.body.publicKey).toBe(made.publicKey)
  expect((await storedOf(made.id))?.['previous_secrets']).toEqual([])
  const own = await subscribe()
  await call('PUT', own.path, { url, secret: own.secret })
  expect((await storedOf(own.id))?.['previous_secrets']).toEqual([])
})

test('a PUT with another secret rotates, and one that comes back signs once', async () => {
  const made = await subscribe()
  const own = newSecret()
  await call('PUT', made.path, { url, secret: own })
  const secret = (await call('GET', `${made.path}/secret`)).body
  expect(secret).toMatchObject({ secret: own, previousSecrets: [{ secret: made.secret }] })
  await call('PUT', made.path, { url, secret: made.secret })
  const back = (await call('GET', `${made.path}/secret`)).body
  expect(back).toMatchObject({ secret: made.secret, previousSecrets: [{ secret: own }] })
  const asymmetric = await subscribe({ signing: 'ed25519' })
  const put = await call('PUT', asymmetric.path, { url, secret: own })
  expect(put.body).toMatchObject({ signing: 'hmac', secret: own })
})

test('five secrets from before sign on, each until its own time; one more is refused with the fix', async () => {
  const made = await subscribe()
  const secrets: string[] = [made.secret]
  for (const overlapSeconds of [604_800, 60, 3600, 7200, 120])
    secrets.unshift((await rotate(made.path, { overlapSeconds })).body.secret)
  const full = await rotate(made.path)
  expect([full.status, full.body.code]).toEqual([409, 'subscription_secrets_full'])
  expect(full.body.detail).toMatch(/5 secrets.*until 20.*overlapSeconds 0/)
  for (const [method, body] of [
    ['PATCH', { signing: 'ed25519' }],
    ['PUT', { url, signing: 'ed25519' }],
    ['PUT', { url, secret: newSecret() }],
  ] as const)
    expect((await call(method, made.path, body)).body.code).toBe('subscription_secrets_full')
  const { body } = await call('GET', `${made.path}/secret`)
  expect([
    body.secret,
    ...body.previousSecrets.map((one: { secret: string }) => one.secret),
  ]).toEqual(secrets)
  const leftSeconds = body.previousSecrets.map(({ expiresAt }: { expiresAt: string }) =>
    Math.round((Date.parse(expiresAt) - Date.now()) / 60_000),
  )
  expect(leftSeconds).toEqual([2, 120, 60, 1, 10_080])
  // As if the time of two of them had come.
  await sql`
    update subscriptions set previous_secrets = (
      select jsonb_agg(case when previous ->> 'expiresAt' < ${new Date(Date.now() + 300_000).toISOString()}
        then jsonb_set(previous, '{expiresAt}', '"2026-01-01T00:00:00.000Z"') else previous end)
      from jsonb_array_elements(previous_secrets) as previous)
    where id = ${made.id}`
  expect((await call('GET', `${made.path}/secret`)).body.previousSecrets).toHaveLength(3)
  expect((await rotate(made.path)).body.previousSecrets).toHaveLength(4)
})

test('an overlap of 0 revokes all from before at once, even when there are too many, and the audit log tells', async () => {
  const made = await subscribe()
  for (let count = 0; count < 5; count++) await rotate(made.path)
  const { status, body } = await rotate(made.path, { overlapSeconds: 0 })
  expect([status, body.previousSecrets]).toEqual([200, []])
  expect((await storedOf(made.id))?.['previous_secrets']).toEqual([])
  const { data } = (await call('GET', `/v1/audit?targetId=${made.id}&limit=1`)).body
  expect(data[0]).toMatchObject({
    action: 'subscription.secret_rotated',
    before: { secret: '[secret]', previousSecretsExpireAt: expect.any(Array) },
    after: { secret: '[secret]', previousSecretsExpireAt: [] },
  })
})

test.each<[string, string, string, unknown, string]>([
  ['an unknown signing', 'POST', '', { url, signing: 'rsa' }, 'signing'],
  ['a signing of null', 'PATCH', ':id', { signing: null }, 'signing'],
  [
    'a secret beside ed25519',
    'POST',
    '',
    { url, signing: 'ed25519', secret: newSecret() },
    'secret',
  ],
  ['the same by PUT', 'PUT', ':id', { url, signing: 'ed25519', secret: newSecret() }, 'secret'],
  ['a private key for a secret', 'POST', '', { url, secret: `whsk_${'A'.repeat(86)}==` }, 'secret'],
  ['a public key for a secret', 'POST', '', { url, secret: `whpk_${'A'.repeat(43)}=` }, 'secret'],
  ['a public key to set', 'PATCH', ':id', { publicKey: `whpk_${'A'.repeat(43)}=` }, 'publicKey'],
  ['ed25519 where it is fetched', 'POST', '', { mode: 'pull', signing: 'ed25519' }, 'signing'],
  ['an overlap below 0', 'POST', ':id/rotate-secret', { overlapSeconds: -1 }, 'overlapSeconds'],
  [
    'one of more than a week',
    'POST',
    ':id/rotate-secret',
    { overlapSeconds: 604_801 },
    'overlapSeconds',
  ],
  [
    'one that is no whole number',
    'POST',
    ':id/rotate-secret',
    { overlapSeconds: 0.5 },
    'overlapSeconds',
  ],
  ['one that is text', 'POST', ':id/rotate-secret', { overlapSeconds: '0' }, 'overlapSeconds'],
  ['another field', 'POST', ':id/rotate-secret', { secret: newSecret() }, 'secret'],
])('%s is refused, by name', async (_what, method, path, body, field) => {
  const { id } = await subscribe()
  const answer = await call(
    method,
    `/v1/subscriptions/${path.replace(':id', id)}`.replace(/\/$/, ''),
    body,
  )
  expect(answer.status).toBe(422)
  expect(answer.body.errors.map((issue: { field: string }) => issue.field)).toEqual([field])
  expect(JSON.stringify(answer.body)).not.toMatch(/wh\w+_\w{8}/)
})

test('sealed texts are bound to their place: one of an old secret opens as no other', async () => {
  const [made, other] = [await subscribe({ signing: 'ed25519' }), await subscribe()]
  await rotate(made.path)
  await sql`
    update subscriptions set previous_secrets = (select previous_secrets from subscriptions where id = ${made.id})
    where id = ${other.id}`
  const moved = (await call('GET', other.path)).body
  expect(moved.problem).toMatch(/previous secret cannot be read/)
  await sql`update subscriptions set secret = previous_secrets -> 0 ->> 'secret' where id = ${made.id}`
  const swapped = (await call('GET', made.path)).body
  expect(swapped).toMatchObject({ signing: 'ed25519', publicKey: null })
  expect(swapped.problem).toMatch(/secret cannot be read/)
  // A rotation puts both right.
  expect((await rotate(other.path)).body.previousSecrets).toHaveLength(1)
  expect((await call('GET', other.path)).body.problem).toBeNull()
  expect((await rotate(made.path, { overlapSeconds: 0 })).status).toBe(200)
  expect((await call('GET', made.path)).body.problem).toBeNull()
})

test('what somebody stored by hand and is no key is put right by a rotation', async () => {
  const { id, path } = await subscribe()
  const broken = JSON.stringify([{ secret: 'whsec_!', expiresAt: '2999-01-01T00:00:00.000Z' }])
  await sql`
    update subscriptions set secret = 'lost', signing = 'rsa', previous_secrets = ${broken}::text::jsonb
    where id = ${id}`
  expect((await call('GET', path)).body).toMatchObject({
    signing: 'hmac',
    problem: expect.stringContaining('rsa'),
  })
  expect((await rotate(path)).body.previousSecrets).toEqual([])
  expect((await call('GET', path)).body.problem).toBeNull()
})

test('a deleted one that is revived has its key pair still', async () => {
  const uid = `uid:${randomUUID()}`
  const put = () => call('PUT', `/v1/subscriptions/${uid}`, { url })
  await call('PUT', `/v1/subscriptions/${uid}`, { url, signing: 'ed25519' })
  const { publicKey } = (await put()).body
  await call('DELETE', `/v1/subscriptions/${uid}`)
  expect((await put()).body).toMatchObject({ signing: 'ed25519', publicKey })
})

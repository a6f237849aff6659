import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import {
  audience,
  claimsWith,
  createSigningKey,
  issuer,
  signWith,
  startIdentityProvider,
} from './identity-provider.ts'

const organisation = '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11'
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let key: Awaited<ReturnType<typeof createSigningKey>>

beforeAll(async () => {
  provider = await startIdentityProvider()
  key = await createSigningKey('first')
  provider.published.keys = [key.jwk]
  const platformClaim = { name: 'role', value: 'operator' }
  server = await createTestPosthorn({
    jwt: { issuer, audience, jwksUrl: provider.jwksUrl, platformClaim },
  })
})

afterAll(async () => {
  await server.close()
  provider.close()
})

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

const sessionOf = (token: string, at = server) => at.call('GET', '/v1/session', { key: token })

async function refusal(token: string) {
  const { status, body, headers } = await sessionOf(token)
  expect([status, body.code]).toEqual([401, 'credentials_invalid'])
  expect(headers.get('www-authenticate')).toBe('Bearer realm="posthorn", error="invalid_token"')
  return body.detail as string
}

test('a token of the host stands for a person of an organisation until it expires', async () => {
  const exp = Math.floor(Date.now() / 1000) + 300
  const { body } = await sessionOf(await signWith(key, { exp, name: 'Ada' }))
  expect(body).toMatchObject({
    kind: 'jwt',
    id: 'user_4711',
    name: 'Ada',
    organisationId: organisation,
    organisation: { id: organisation, name: null },
    scopes: ['events:read', 'deliveries:read'],
    expiresAt: new Date(exp * 1000).toISOString(),
    allowedOrigins: null,
  })
  expect((await sessionOf(await signWith(key))).body.name).toBe('user_4711')
})

test('its scopes hold, and its organisation is the only one', async () => {
  const token = await signWith(key)
  const codeOf = async (path: string) => (await server.call('GET', path, { key: token })).body.code
  expect(await codeOf('/v1/events')).toBeUndefined()
  expect(await codeOf('/v1/subscriptions')).toBe('scope_missing')
  expect(await codeOf('/v1/events?organisationId=0b8e0c54-3c3f-4f0c-8d0e-3a1f0e9b7c22')).toBe(
    'not_found',
  )
})

test.each([
  ['another issuer', { iss: 'https://evil.example' }, 'iss'],
  ['another audience', { aud: 'billing' }, 'aud'],
  ['no audience', { aud: undefined }, 'aud'],
  ['no subject', { sub: undefined }, 'sub'],
  ['an empty subject', { sub: '' }, 'sub'],
  ['a subject that is no text for a log', { sub: 'a\u0000b' }, 'sub'],
  ['no expiry', { exp: undefined }, 'exp'],
  ['an expiry that is no number', { exp: 'never' }, 'exp'],
  ['an expiry that is over', { exp: Math.floor(Date.now() / 1000) - 60 }, 'expired'],
  ['a beginning that is to come', { nbf: Math.floor(Date.now() / 1000) + 60 }, 'nbf'],
  ['no organisation', { organisation_id: undefined }, 'organisation_id'],
  ['an organisation that is none', { organisation_id: '*' }, 'organisation_id'],
  ['several organisations', { organisation_id: [organisation] }, 'organisation_id'],
  ['another claim for the platform', { organisation_id: null, role: 'user' }, 'organisation_id'],
] satisfies [string, object, string][])(
  '%s is refused, and the answer says so',
  async (_, changes, said) => {
    expect(await refusal(await signWith(key, changes))).toContain(said)
  },
)

test('clocks may be some seconds apart', async () => {
  const nowSeconds = Math.floor(Date.now() / 1000)
  const token = await signWith(key, { exp: nowSeconds - 1, nbf: nowSeconds + 2 })
  expect((await sessionOf(token)).status).toBe(200)
})

test('scopes come in a text or an array, and unknown ones count for nothing', async () => {
  const scopesOf = async (scope: unknown) =>
    (await sessionOf(await signWith(key, { scope }))).body.scopes
  expect(await scopesOf('openid events:read  superuser')).toEqual(['events:read'])
  expect(await scopesOf(['events:write', 'admin', 7])).toEqual(['events:write', 'admin'])
  expect(await scopesOf(undefined)).toEqual([])
  expect(await scopesOf({ admin: true })).toEqual([])
})

test('the platform is what the configured claim says, in a text or an array', async () => {
  for (const role of ['operator', ['user', 'operator']]) {
    const token = await signWith(key, { organisation_id: undefined, role, scope: 'admin' })
    expect((await sessionOf(token)).body).toMatchObject({ organisationId: null, scopes: ['admin'] })
    expect((await server.call('GET', '/v1/organisations', { key: token })).status).toBe(200)
  }
})

test('where no claim was configured for the platform, no token is of the platform', async () => {
  const own = await createTestPosthorn({ jwt: { issuer, audience, jwksUrl: provider.jwksUrl } })
  const claims = { organisation_id: undefined, role: 'operator', scope: 'admin' }
  const { status, body } = await sessionOf(await signWith(key, claims), own)
  expect([status, body.detail]).toEqual([401, expect.stringContaining('organisation_id')])
  await own.close()
})

test('a token that names an organisation is bound to it, whatever else it claims', async () => {
  const { body } = await sessionOf(await signWith(key, { role: 'operator' }))
  expect(body.organisationId).toBe(organisation)
})

test('a token without a signature, or signed with the public key as a secret, is refused', async () => {
  await refusal(new UnsecuredJWT(claimsWith()).encode())
  const texts = [await exportSPKI(key.publicKey), JSON.stringify(key.jwk)]
  for (const text of texts) {
    const forged = await new SignJWT(claimsWith())
      .setProtectedHeader({ alg: 'HS256', kid: key.kid })
      .sign(new TextEncoder().encode(text))
    await refusal(forged)
  }
})

test('a token whose claims were changed, or that brings its own key, is refused', async () => {
  const [header, , signature] = (await signWith(key)).split('.')
  const claims = Buffer.from(JSON.stringify(claimsWith({ scope: 'admin' }))).toString('base64url')
  await refusal(`${header}.${claims}.${signature}`)
  const other = await createSigningKey('first')
  const forged = await new SignJWT(claimsWith())
    .setProtectedHeader({ alg: 'ES256', kid: 'first', jwk: other.jwk })
    .sign(other.privateKey)
  await refusal(forged)
})

test.each([
  'x',
  'a.b.c',
  '...',
  `${encode({ alg: 'ES256' })}.${encode({})}.`,
  `${encode({ alg: 'ES256', kid: {} })}.${encode(claimsWith())}.AAAA`,
  `${encode({ alg: ['ES256'], kid: 'first' })}.${encode(claimsWith())}.AAAA`,
  `${encode({ alg: 'ES256', kid: 'first', crit: ['b64'], b64: false })}.${encode(claimsWith())}.AAAA`,
  `${encode('ES256')}.${encode([])}.AAAA`,
])('%s is refused like any other token', async (token) => {
  await refusal(token)
})

test('a foreign key is refused, and guessing does not make us ask the host again and again', async () => {
  await sessionOf(await signWith(key))
  const { asked } = provider.published
  for (let guess = 0; guess < 20; guess++) {
    await refusal(await signWith({ ...key, kid: `guess ${guess}` }))
  }
  expect(provider.published.asked).toBe(asked)
})

test('an algorithm that is not on the list is refused, even with a key of the host', async () => {
  const other = await createSigningKey('es384', 'ES384')
  const host = await startIdentityProvider()
  host.published.keys = [other.jwk]
  const jwt = { issuer, audience, jwksUrl: host.jwksUrl }
  const strict = await createTestPosthorn({ jwt })
  const open = await createTestPosthorn({ jwt: { ...jwt, algorithms: ['ES384'] } })
  const token = await signWith(other)
  expect((await sessionOf(token, strict)).status).toBe(401)
  expect((await sessionOf(token, open)).status).toBe(200)
  await Promise.all([strict.close(), open.close()])
  host.close()
})

test('while the keys of the host cannot be fetched the answer is 503, and afterwards as ever', async () => {
  const host = await startIdentityProvider()
  host.published.status = 500
  const own = await createTestPosthorn({ jwt: { issuer, audience, jwksUrl: host.jwksUrl } })
  const token = await signWith(key)
  const failed = await sessionOf(token, own)
  expect([failed.status, failed.body.code]).toEqual([503, 'signing_keys_unavailable'])
  expect(failed.headers.get('retry-after')).toBe('5')
  expect(JSON.stringify(failed.body)).not.toContain(host.jwksUrl)
  host.published.status = 200
  host.published.keys = [key.jwk]
  expect((await sessionOf(token, own)).status).toBe(200)
  host.close()
  // What is known is kept.
  expect((await sessionOf(token, own)).status).toBe(200)
  await own.close()
})

test('a shared secret works as well, and API keys beside it', async () => {
  const secret = 'x'.repeat(32)
  const own = await createTestPosthorn({ jwt: { issuer, audience, secret } })
  const sign = (text: string, alg = 'HS256') =>
    new SignJWT(claimsWith()).setProtectedHeader({ alg }).sign(new TextEncoder().encode(text))
  expect((await sessionOf(await sign(secret), own)).status).toBe(200)
  expect((await sessionOf(await sign('y'.repeat(32)), own)).status).toBe(401)
  expect((await sessionOf(await sign(secret.repeat(2), 'HS512'), own)).status).toBe(401)
  expect((await own.call('GET', '/v1/session')).status).toBe(200)
  await own.close()
})

test('a token that was made too long ago, or does not say when, is refused where its age is limited', async () => {
  const own = await createTestPosthorn({
    jwt: { issuer, audience, jwksUrl: provider.jwksUrl, maxAgeSeconds: 600 },
  })
  const nowSeconds = Math.floor(Date.now() / 1000)
  const statusOf = async (changes: object) =>
    (await sessionOf(await signWith(key, changes), own)).status
  expect(await statusOf({ iat: nowSeconds - 300 })).toBe(200)
  expect(await statusOf({ iat: nowSeconds - 700, exp: nowSeconds + 300 })).toBe(401)
  expect(await statusOf({ iat: undefined })).toBe(401)
  await own.close()
})

test('where no JWTs are configured none is accepted', async () => {
  const plain = await createTestPosthorn()
  const { status, body } = await sessionOf(await signWith(key), plain)
  expect([status, body.detail]).toEqual([
    401,
    'An API key begins with ph_, a portal token with pht_.',
  ])
  await plain.close()
})

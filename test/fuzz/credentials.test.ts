import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  audience,
  claimsWith,
  createSigningKey,
  issuer,
  signWith,
  startIdentityProvider,
} from '../access/identity-provider.ts'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let signing: Awaited<ReturnType<typeof createSigningKey>>
let attacker: Awaited<ReturnType<typeof createSigningKey>>
let sql: postgres.Sql
/** Where a forged token would have its keys fetched from. */
let lure: Awaited<ReturnType<typeof startIdentityProvider>>

beforeAll(async () => {
  provider = await startIdentityProvider()
  lure = await startIdentityProvider()
  signing = await createSigningKey('first')
  attacker = await createSigningKey('first')
  provider.published.keys = [signing.jwk]
  lure.published.keys = [attacker.jwk]
  const platformClaim = { name: 'role', value: 'operator' }
  server = await createTestPosthorn({
    jwt: { issuer, audience, jwksUrl: provider.jwksUrl, platformClaim },
  })
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
  provider.close()
  lure.close()
})

const ask = (headers: Record<string, string>, path = '/v1/session') =>
  server.call('GET', path, { key: '', headers })

async function expectRefusal(authorization: string): Promise<void> {
  const { status, body } = await ask({ authorization })
  expect([status, body.code]).toEqual([401, 'credentials_invalid'])
  const presented = authorization.slice(-43)
  if (presented.length === 43) expect(JSON.stringify(body)).not.toContain(presented)
}

const b64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const [, prefix = '', secret = ''] = /^ph_(\w{12})_(\w{43})$/.exec(platformKey) ?? []
const swapCase = (text: string) =>
  text.replace(/[a-z]/gi, (one) => (one < 'a' ? one.toLowerCase() : one.toUpperCase()))

test.each([
  ['nothing', ''],
  ['the scheme alone', 'Bearer'],
  ['the scheme and spaces', 'Bearer   '],
  ['no scheme', platformKey],
  ['Basic with the key as a user', `Basic ${btoa(`${platformKey}:`)}`],
  ['Basic with the key as a password', `Basic ${btoa(`posthorn:${platformKey}`)}`],
  ['Digest', `Digest username="${platformKey}"`],
  ['Token', `Token ${platformKey}`],
  ['ApiKey', `ApiKey ${platformKey}`],
  ['a scheme that begins alike', `BearerX ${platformKey}`],
  ['a tab for the space', `Bearer\t${platformKey}`],
  ['a no-break space', `Bearer\u00a0${platformKey}`],
  ['quotes', `Bearer "${platformKey}"`],
  ['a parameter', `Bearer token=${platformKey}`],
  ['two keys', `Bearer ${platformKey}, Bearer ${platformKey}`],
  ['a word behind', `Bearer ${platformKey} x`],
  ['a comma behind', `Bearer ${platformKey},`],
  ['an encoded line break behind', `Bearer ${platformKey}%0a`],
  ['percent-encoding', `Bearer ${platformKey.replace('_', '%5f')}`],
  ['the prefix alone', 'Bearer ph_'],
  ['no secret', `Bearer ph_${prefix}_`],
  ['no name', `Bearer ph__${secret}`],
  ['upper case for the prefix', `Bearer PH_${prefix}_${secret}`],
  ['the name in the other case', `Bearer ph_${swapCase(prefix)}_${secret}`],
  ['the secret in the other case', `Bearer ph_${prefix}_${swapCase(secret)}`],
  ['a secret one shorter', `Bearer ${platformKey.slice(0, -1)}`],
  ['a secret one longer', `Bearer ${platformKey}s`],
  ['a secret whose last character differs', `Bearer ${platformKey.slice(0, -1)}t`],
  ['a secret whose first character differs', `Bearer ph_${prefix}_t${secret.slice(1)}`],
  ['the secret of another key', `Bearer ph_${prefix}_${'x'.repeat(43)}`],
  ['a wildcard for the name', `Bearer ph_${'%'.repeat(12)}_${secret}`],
  ['SQL for the name', `Bearer ph_' or 1=1 --_${secret}`],
  ['an API key dressed as a portal token', `Bearer pht_${prefix}_${secret}`],
  ['a key of another product', `Bearer sk_live_${secret}`],
  ['8,000 characters', `Bearer ph_${'x'.repeat(8_000)}`],
])('%s is no credential', async (_, authorization) => {
  await expectRefusal(authorization)
})

test.each([
  ['a query parameter access_token', `?access_token=${platformKey}`, {}],
  ['a query parameter token', `?token=${platformKey}`, {}],
  ['a query parameter authorization', `?authorization=Bearer%20${platformKey}`, {}],
  ['a cookie', '', { cookie: `token=${platformKey}; authorization=Bearer ${platformKey}` }],
  ['x-api-key', '', { 'x-api-key': platformKey }],
  ['proxy-authorization', '', { 'proxy-authorization': `Bearer ${platformKey}` }],
  ['x-forwarded-user', '', { 'x-forwarded-user': 'admin', 'x-forwarded-for': '127.0.0.1' }],
  ['x-original-url', '', { 'x-original-url': '/healthz', 'x-rewrite-url': '/healthz' }],
])('%s is not asked', async (_, query, headers: Record<string, string>) => {
  const { status, body } = await ask(headers, `/v1/session${query}`)
  expect([status, body.code]).toEqual([401, 'credentials_missing'])
})

test('the scheme may be written in any case, as RFC 9110 has it', async () => {
  for (const scheme of ['bearer', 'BEARER'])
    expect((await ask({ authorization: `${scheme} ${platformKey}` })).status).toBe(200)
})

test('what was revoked or has expired is refused like what never was', async () => {
  const { organisationId } = await server.createOrganisation()
  const make = async (path: string, body: object) =>
    (await server.call('POST', path, { body })).body
  const key = await make('/v1/api-keys', { organisationId, name: 'k', scopes: ['events:read'] })
  const revoked = await make('/v1/api-keys', { organisationId, name: 'k', scopes: ['events:read'] })
  const portal = await make('/v1/portal-tokens', { organisationId })
  const revokedPortal = await make('/v1/portal-tokens', { organisationId })
  await server.call('DELETE', `/v1/api-keys/${revoked.id}`)
  await server.call('DELETE', `/v1/portal-tokens/${revokedPortal.id}`)
  await sql`update api_keys set expires_at = now() - interval '1 second' where id = ${key.id}`
  await sql`update portal_tokens set expires_at = now() - interval '1 second' where id = ${portal.id}`
  for (const text of [key.apiKey, revoked.apiKey, portal.token, revokedPortal.token])
    await expectRefusal(`Bearer ${text}`)
})

test('a portal token is of no use as an API key, and an API key not as a portal token', async () => {
  const { organisationId, key } = await server.createOrganisation()
  const { token } = (await server.call('POST', '/v1/portal-tokens', { body: { organisationId } }))
    .body
  await expectRefusal(`Bearer ${token.replace(/^pht/, 'ph')}`)
  await expectRefusal(`Bearer ${key.replace(/^ph/, 'pht')}`)
  const mint = await server.call('POST', '/v1/api-keys', {
    key: token,
    body: { name: 'k', scopes: ['events:read'] },
  })
  expect([mint.status, mint.body.code]).toEqual([403, 'scope_missing'])
})

const header = { alg: 'ES256', kid: 'first' }
const nowSeconds = Math.floor(Date.now() / 1000)
const forge = (more: object, changes: object = {}) =>
  new SignJWT(claimsWith(changes))
    .setProtectedHeader({ ...header, ...more })
    .sign(attacker.privateKey)
const hmac = (alg: string, key: string, more: object = {}) => {
  const text = `${b64({ alg, kid: 'first', ...more })}.${b64(claimsWith())}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

test.each<[string, () => string | Promise<string>]>([
  ['alg none', () => new UnsecuredJWT(claimsWith()).encode()],
  ['alg None', () => `${b64({ alg: 'None' })}.${b64(claimsWith())}.`],
  ['alg nOnE with a signature', () => `${b64({ alg: 'nOnE' })}.${b64(claimsWith())}.AAAA`],
  ['no alg', () => `${b64({ kid: 'first' })}.${b64(claimsWith())}.AAAA`],
  ['an empty signature', async () => (await signWith(signing)).replace(/[^.]*$/, '')],
  ['a signature of zeros', () => `${b64(header)}.${b64(claimsWith())}.${b64('\0'.repeat(64))}`],
  [
    'a signature whose last bit differs',
    async () => {
      const token = await signWith(signing)
      return token.slice(0, -3) + (token.at(-3) === 'A' ? 'B' : 'A') + token.slice(-2)
    },
  ],
  [
    'HS256 by the public key as PEM',
    async () => hmac('HS256', await exportSPKI(signing.publicKey)),
  ],
  ['HS256 by the public key as JWK', () => hmac('HS256', JSON.stringify(signing.jwk))],
  ['HS256 by nothing', () => hmac('HS256', '')],
  ["another's key under the same kid", () => forge({})],
  ['a key of its own (jwk)', () => forge({ jwk: attacker.jwk })],
  ['an address of its own keys (jku)', () => forge({ jku: lure.jwksUrl })],
  ['an address of a certificate (x5u)', () => forge({ x5u: lure.jwksUrl })],
  ['a certificate of its own (x5c)', () => forge({ x5c: ['MIIB'] })],
  ['a kid that is an address', () => forge({ kid: lure.jwksUrl })],
  ['a kid that is a path', () => hmac('HS256', '', { kid: '../../../../dev/null' })],
  ['a kid that is SQL', () => forge({ kid: "' union select 'x" })],
  ['an extension that is critical', () => hmac('HS256', '', { crit: ['exp'] })],
  ['a payload that is not encoded', () => forge({ crit: ['b64'], b64: true })],
  ['an encrypted token', () => `${b64({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`],
  ['a header that is an array', () => `${b64([header])}.${b64(claimsWith())}.AAAA`],
  ['a header that is no JSON', () => `AAAA.${b64(claimsWith())}.AAAA`],
  ['four parts', async () => `${await signWith(signing)}.AAAA`],
  ['expired', () => signWith(signing, { exp: nowSeconds - 60 })],
  ['expired before there were computers', () => signWith(signing, { exp: -1 })],
  ['no expiry', () => signWith(signing, { exp: undefined })],
  ['an expiry that is a text', () => signWith(signing, { exp: String(nowSeconds + 60) })],
  ['an expiry beyond all calendars', () => signWith(signing, { exp: 1e20 })],
  ['valid in a minute', () => signWith(signing, { nbf: nowSeconds + 60 })],
  ['valid from a text on', () => signWith(signing, { nbf: 'now' })],
  ['another audience', () => signWith(signing, { aud: 'posthorn2' })],
  ['audiences that are none', () => signWith(signing, { aud: ['a', ['posthorn']] })],
  ['no audience', () => signWith(signing, { aud: undefined })],
  ['another issuer', () => signWith(signing, { iss: `${issuer}/` })],
  ['several issuers', () => signWith(signing, { iss: [issuer] })],
  ['an organisation that is everything', () => signWith(signing, { organisation_id: '*' })],
  ['an organisation that is two', () => signWith(signing, { organisation_id: ['a', 'b'] })],
  ['an organisation with SQL', () => signWith(signing, { organisation_id: "' or true --" })],
  ['no organisation', () => signWith(signing, { organisation_id: undefined })],
  [
    'an organisation that is null and a role that is not',
    () => signWith(signing, { organisation_id: null, role: { operator: true } }),
  ],
  ['a subject with a line break', () => signWith(signing, { sub: 'a\nb' })],
])('a JWT with %s is refused', async (_, make) => {
  await expectRefusal(`Bearer ${await make()}`)
  expect(lure.published.asked).toBe(0)
})

test('a token cannot give itself scopes that Posthorn does not know, or by another name', async () => {
  for (const claims of [
    { scope: '*' },
    { scope: 'ADMIN' },
    { scope: undefined, scopes: ['admin'] },
    { scope: { 0: 'admin' } },
  ]) {
    const { body } = await ask({ authorization: `Bearer ${await signWith(signing, claims)}` })
    expect(body.scopes).toEqual([])
  }
})

test('on the wire: of two Authorization headers none counts, and no line break gets into one', async () => {
  const http = createServer(server.posthorn.node)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const statusOf = async (...lines: string[]) => {
    const socket = connect((http.address() as AddressInfo).port, '127.0.0.1')
    socket.end(
      `GET /v1/session HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`,
      'latin1',
    )
    let text = ''
    for await (const chunk of socket) text += chunk
    return Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1])
  }
  const good = `Authorization: Bearer ${platformKey}`
  const bad = `Authorization: Bearer ${platformKey.slice(0, -1)}t`
  expect(await statusOf(good)).toBe(200)
  for (const lines of [
    [good, bad],
    [bad, good],
    [good, good],
  ])
    expect(await statusOf(...lines)).toBe(401)
  // A line that goes on on the next, a NUL, a name with a space, a name with a NUL.
  for (const line of [
    `Authorization: Bearer\r\n ${platformKey}`,
    `${good}\0`,
    good.replace(':', ' :'),
    `\0${good}`,
  ])
    expect([400, 401]).toContain(await statusOf(line))
  http.close()
  await once(http, 'close')
})

import { randomBytes, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Keyring } from '../../server/kernel/keyring.ts'
import { startProgram } from '../faults/program.ts'
import { issueEvent } from '../support/create-test-posthorn.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { operations } from '../support/openapi.ts'
import { until } from '../support/organisation.ts'
import { behaviours, type Receiver, startReceiver } from '../support/receiver.ts'
import { runCli } from './run-cli.ts'

/** Distinctive, and of the length that each field wants. */
const canary = (bytes: number) => randomBytes(bytes).toString('hex')
const masterKey = randomBytes(32).toString('base64')
const bootstrapSecret = canary(22).slice(1)
const secrets: Record<string, string> = {
  'encryption key': masterKey,
  'bootstrap key': bootstrapSecret,
  'jwt secret': canary(32),
  'authorization header': canary(16),
  'x-api-key header': canary(16),
}
const bootstrapKey = `ph_${'C'.repeat(12)}_${bootstrapSecret}`
const organisationId = randomUUID()
let database: TestDatabase
let receiver: Receiver
/** What was seen, and where. */
const seen: [where: string, what: string][] = []

beforeAll(async () => {
  database = await createTestDatabase()
  receiver = await startReceiver()
  const { password } = new URL(database.url)
  expect(password.length).toBeGreaterThan(10)
  secrets['database password'] = password
})
afterAll(() => receiver.close())

function environment(): Record<string, string> {
  return {
    PORT: '0',
    DATABASE_URL: database.url,
    POSTHORN_ENCRYPTION_KEYS: `k1:${masterKey}`,
    POSTHORN_BOOTSTRAP_API_KEY: bootstrapKey,
    POSTHORN_JWT_SECRET: secrets['jwt secret'] ?? '',
    POSTHORN_JWT_ISSUER: 'https://host.example',
    POSTHORN_JWT_AUDIENCE: 'posthorn',
    POSTHORN_ALLOW_HTTP: 'true',
    POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
    POSTHORN_RETRY_SCHEDULE_SECONDS: '1',
    POSTHORN_RETENTION_EVENTS_DAYS: '3',
    POSTHORN_RETENTION_DELIVERIES_DAYS: '3',
    POSTHORN_LOG_LEVEL: 'debug',
  }
}

/** They are shown nowhere, so they are read where they lie: whole, and the half that signs in every spelling. */
async function learnPrivateKeys(id: string): Promise<void> {
  const sql = postgres(database.url, { max: 1, connection: { search_path: 'posthorn' } })
  const [row] = await sql`
    select secret, previous_secrets -> 0 ->> 'secret' as previous from subscriptions where id = ${id}`
  await sql.end()
  const keyring = new Keyring(new Map([['k1', Buffer.from(masterKey, 'base64')]]))
  const place = { table: 'subscriptions', organisationId, id }
  const opened = {
    current: keyring.open(row?.['secret'], { ...place, column: 'secret' }),
    previous: keyring.open(row?.['previous'], { ...place, column: 'previous_secret' }),
  }
  for (const [name, text] of Object.entries(opened)) {
    expect(text).toMatch(/^whsk_.{88}$/)
    const seed = Buffer.from(text.slice(5), 'base64').subarray(0, 32)
    // Of the base64 of the pair, what holds nothing of its public half.
    secrets[`${name} private key`] = text.slice(5, 45)
    for (const spelling of ['base64url', 'hex'] as const)
      secrets[`${name} private key, ${spelling}`] = seed.toString(spelling)
  }
}

async function dumpTables(): Promise<string> {
  const sql = postgres(database.url, { max: 1, connection: { search_path: 'posthorn' } })
  const tables = await sql`
    select relname from pg_class
    where relnamespace = 'posthorn'::regnamespace and relkind in ('r', 'p') and not relispartition`
  const dumps = await Promise.all(
    tables.map(({ relname }) => sql`select to_jsonb(t)::text as row from ${sql(relname)} t`),
  )
  await sql.end()
  expect(tables.length).toBeGreaterThan(15)
  return JSON.stringify(dumps)
}

function expectNone(): void {
  const hits = seen.flatMap(([where, what]) =>
    Object.entries(secrets)
      .filter(([, secret]) => what.includes(secret))
      .map(([name]) => `${name} in ${where}`),
  )
  expect(hits).toEqual([])
}

test('no secret is in a log, an answer, a command’s output or a table, but where it is shown once', async () => {
  const server = await startProgram({
    name: 'server',
    path: 'server/cli/main.ts',
    args: ['start'],
    env: environment(),
    ready: /^Posthorn\s+(http\S+)/,
  })
  const url = server.line[1] ?? ''
  seen.push(['welcome', server.line[0]])
  const call = async (method: string, path: string, body?: object, key = bootstrapKey) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      // Of the live tail, what comes at once is enough.
      signal: AbortSignal.timeout(path.startsWith('/v1/stream') ? 500 : 20_000),
    })
    const answer = await response.text().catch(() => '')
    return { answer, status: response.status }
  }
  const look = async (...args: Parameters<typeof call>) => {
    const { answer } = await call(...args)
    seen.push([args.slice(0, 2).join(' '), answer])
    return answer
  }
  /** The places where a secret is shown: its answer is not looked at, and the secret is one from here on. */
  const learn = async (name: string, field: string, ...args: Parameters<typeof call>) => {
    const { answer, status } = await call(...args)
    const body = JSON.parse(answer)
    expect(status, answer).toBeLessThan(300)
    secrets[name] = String(body[field]).replace(/^ph_\w{12}_/, '')
    return body
  }
  const headers = {
    authorization: `Bearer ${secrets['authorization header']}`,
    'x-api-key': secrets['x-api-key header'],
  }
  receiver.behave('/bad', behaviours.status(500))
  const made = { organisationId, headers }
  const good = { ...made, url: receiver.url('/good'), uid: 'canary' }
  const bad = { ...made, url: receiver.url('/bad') }
  const { id } = await learn('signing secret', 'secret', 'POST', '/v1/subscriptions', good)
  await learn('second signing secret', 'secret', 'POST', '/v1/subscriptions', bad)
  await learn('third signing secret', 'secret', 'POST', `/v1/subscriptions/${id}/rotate-secret`)
  const asymmetric = JSON.parse(
    await look('POST', '/v1/subscriptions', { ...made, url: good.url, signing: 'ed25519' }),
  )
  await look('POST', `/v1/subscriptions/${asymmetric.id}/rotate-secret`)
  await learnPrivateKeys(asymmetric.id)
  await look('GET', `/v1/subscriptions/${asymmetric.id}/secret?organisationId=${organisationId}`)
  await look('GET', `/v1/subscriptions/${asymmetric.id}?organisationId=${organisationId}`)
  const jwks = await look('GET', `/.well-known/jwks.json?subscriptionId=${asymmetric.id}`)
  expect(JSON.parse(jwks).keys).toHaveLength(2)
  await learn('api key', 'apiKey', 'POST', '/v1/api-keys', {
    ...{ organisationId, name: 'canary', scopes: ['events:read'] },
  })
  await learn('portal token', 'token', 'POST', '/v1/portal-tokens', { organisationId })
  const jwt = await new SignJWT({ organisation_id: organisationId, scope: 'events:read' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('https://host.example')
    .setAudience('posthorn')
    .setSubject('u1')
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secrets['jwt secret']))
  secrets['jwt'] = jwt
  await look('GET', '/v1/session', undefined, jwt)
  await look('GET', '/v1/session', undefined, `${jwt}x`)
  await look('GET', '/v1/session', undefined, `${bootstrapKey}x`)
  await look('PATCH', `/v1/subscriptions/${id}`, { headers: { ...headers, host: 'x' } })
  await look('PATCH', `/v1/subscriptions/${id}`, { headers })
  await look('POST', '/v1/subscriptions', { ...bad, secret: { of: secrets['signing secret'] } })
  await look('POST', '/v1/events', { ...issueEvent(), organisationId })
  await look('POST', '/v1/events', { ...issueEvent(), organisationId, authorization: headers })
  await until(() => receiver.requests('/bad').length >= 2 && receiver.requests('/good').length >= 1)
  expect(receiver.requests('/good')[0]?.headers).toMatchObject(headers)
  await until(async () => {
    const { answer } = await call(
      'GET',
      `/v1/deliveries?status=failed&organisationId=${organisationId}`,
    )
    return JSON.parse(answer).data.length > 0
  })
  // Whatever can be read, of this subscription where it takes an id.
  for (const operation of operations.filter(({ method }) => method === 'GET')) {
    if (operation.path === '/v1/subscriptions/{id}/secret') continue
    const path = operation.path.replace(/\{\w+\}/g, id)
    await look('GET', `${path}?organisationId=${organisationId}`)
  }
  const [delivery] = JSON.parse(await look('GET', '/v1/deliveries?limit=1')).data
  await look('GET', `/v1/deliveries/${delivery.id}?organisationId=${organisationId}`)
  await look('GET', `/v1/deliveries/${delivery.id}/attempts?organisationId=${organisationId}`)
  await look('GET', '/v1/audit?limit=100')
  await look('GET', '/admin/')
  for (const args of [
    ['encryption', 'status', '--json'],
    ['encryption', 'rotate'],
    ['keys', 'list', '--json'],
    ['migrate', '--json'],
    ['start', '--role', 'none'],
  ]) {
    const { out, err } = await runCli(args, environment())
    seen.push([args.join(' '), out + err])
  }
  for (const wrong of ['DATABASE_URL', 'POSTHORN_JWT_SECRET', 'POSTHORN_ENCRYPTION_KEYS']) {
    const env = environment()
    const { code, out, err } = await runCli(['start'], {
      ...{ ...env, POSTHORN_JWT_ALGORITHMS: 'none' },
      [wrong]: `wrong:${env[wrong]}`,
    })
    expect(code).toBe(2)
    seen.push([`start with a wrong ${wrong}`, out + err])
  }
  const tables = await dumpTables()
  expect(tables).toContain('sealed1.k1.')
  seen.push(['tables', tables])
  // With the database gone, everything fails.
  await database.drop()
  await look('GET', `/v1/subscriptions?organisationId=${organisationId}`)
  await look('POST', '/v1/subscriptions', { ...good, uid: 'other' })
  await server.end('SIGTERM')
  seen.push(['log', server.log.join('\n')])
  expect(server.log.length).toBeGreaterThan(20)
  const wrong = environment()
  const { out, err } = await runCli(['keys', 'list', '--debug'], wrong)
  seen.push(['keys list without a database', out + err])
  expectNone()
}, 60_000)

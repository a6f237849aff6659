import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { runCli } from './run-cli.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
const organisationId = randomUUID()

beforeAll(async () => {
  server = await createTestPosthorn()
})
afterAll(() => server.close())

const keys = (...args: string[]) => runCli(['keys', ...args], { DATABASE_URL: server.databaseUrl })

async function create(...args: string[]) {
  const { code, out } = await keys('create', '--name', 'n8n', '--json', ...args)
  expect(code).toBe(0)
  return JSON.parse(out)
}

test('a key that was made on the database opens the API, for what it was made for', async () => {
  const { code, out, err } = await keys(
    ...['create', '--name', 'n8n', '--organisation', organisationId],
    ...['--scopes', 'events:write,events:read'],
  )
  expect(code).toBe(0)
  // Nothing but the key, so that it can be put into a variable.
  expect(out).toMatch(/^ph_\w{12}_\w{49}\n$/)
  expect(err).toContain('not shown again')
  const session = await server.call('GET', '/v1/session', { key: out.trim() })
  expect(session.body).toMatchObject({
    name: 'n8n',
    organisationId,
    scopes: ['events:write', 'events:read'],
  })
})

test('the audit log names the command line and who ran it', async () => {
  const key = await create('--platform', '--scopes', 'admin')
  await keys('revoke', key.id)
  const { body } = await server.call('GET', `/v1/audit?targetId=${key.id}`)
  const by = { actorKind: 'command_line', actorId: userInfo().username, ipAddress: null }
  expect(body.data).toMatchObject([
    { ...by, action: 'api_key.revoked', organisationId: null },
    { ...by, action: 'api_key.created', organisationId: null },
  ])
  expect(body.data[0].userAgent).toMatch(/^posthorn\//)
})

test('a revoked key is refused, and the list says that it was revoked', async () => {
  const key = await create('--organisation', organisationId, '--scopes', 'events:read')
  expect(await keys('revoke', key.id)).toEqual({ code: 0, out: `Revoked ${key.id}.\n`, err: '' })
  // This process has not seen the key before, so it remembers nothing of it.
  expect((await server.call('GET', '/v1/session', { key: key.apiKey })).status).toBe(401)
  const { out } = await keys('list', '--organisation', organisationId)
  expect(out.split('\n').find((line) => line.startsWith(key.id))).toContain('revoked 2')
})

test('the list has every key but no secret, and those of one organisation alone when it is named', async () => {
  const other = await create('--organisation', randomUUID(), '--scopes', 'events:read')
  const ids = async (...args: string[]) => {
    const { out } = await keys('list', '--json', ...args)
    expect(out).not.toContain(other.apiKey)
    return JSON.parse(out).data.map(({ id }: { id: string }) => id)
  }
  expect(await ids()).toContain(other.id)
  expect(await ids('--organisation', organisationId)).not.toContain(other.id)
  expect(await ids('--organisation', other.organisationId)).toEqual([other.id])
})

test('what cannot be made is refused field by field', async () => {
  const { code, err } = await keys(
    ...['create', '--name', 'x', '--organisation', 'acme'],
    ...['--scopes', 'events:raed', '--expires-at', 'tomorrow'],
  )
  expect(code).toBe(2)
  for (const field of ['scopes.0', 'organisationId', 'expiresAt']) expect(err).toContain(field)
  const past = ['--expires-at', '2020-01-01T00:00:00Z', '--scopes', 'admin', '--platform']
  expect((await keys('create', '--name', 'x', ...past)).err).toContain('lies in the past')
})

test('a rotated key is printed, and as it was it stays good for as long as was asked', async () => {
  const key = await create('--organisation', organisationId, '--scopes', 'events:read')
  const { code, out, err } = await keys('rotate', key.id)
  expect([code, err]).toEqual([0, expect.stringContaining('As it was, it ends at 2')])
  const statusOf = async (apiKey: string) =>
    (await server.call('GET', '/v1/session', { key: apiKey })).status
  expect([await statusOf(key.apiKey), await statusOf(out.trim())]).toEqual([200, 200])
  const ended = await create('--organisation', organisationId, '--scopes', 'events:read')
  const rotated = await keys('rotate', ended.id, '--overlap-hours', '0', '--json')
  expect(await statusOf(ended.apiKey)).toBe(401)
  expect(await statusOf(JSON.parse(rotated.out).apiKey)).toBe(200)
  expect((await keys('rotate', ended.id, '--overlap-hours', '169')).err).toContain('from 0 to 168')
})

test('a key that is not there cannot be revoked', async () => {
  const id = randomUUID()
  expect(await keys('revoke', id)).toEqual({
    code: 1,
    out: '',
    err: `Error: There is no API key ${id}.\n`,
  })
})

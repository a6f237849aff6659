import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Program, startProgram } from '../faults/program.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const apiKey = `ph_${'r'.repeat(12)}_${'R'.repeat(43)}`
let database: TestDatabase
let receiver: Receiver
const programs: Program[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  receiver = await startReceiver()
})
afterAll(async () => {
  await Promise.all(programs.map((program) => program.end('SIGKILL')))
  await receiver.close()
  await database.drop()
})

async function startServer(role: string): Promise<{ url: string; program: Program }> {
  const program = await startProgram({
    name: role,
    path: 'server/cli/main.ts',
    args: ['start', '--role', role],
    env: {
      PORT: '0',
      DATABASE_URL: database.url,
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
      POSTHORN_ALLOW_HTTP: 'true',
      POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
      POSTHORN_RETENTION_EVENTS_DAYS: '3',
      POSTHORN_RETENTION_DELIVERIES_DAYS: '3',
      POSTHORN_LOG_LEVEL: 'warn',
    },
    ready: /^Posthorn\s+(http\S+)/,
  })
  programs.push(program)
  return { program, url: program.line[1] ?? '' }
}

async function call(url: string, body?: object): Promise<Response> {
  return fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
}

test('what an API process accepts, a dispatcher process delivers; it answers for its health and nothing else', async () => {
  const api = await startServer('api')
  const organisationId = randomUUID()
  await call(`${api.url}/v1/subscriptions`, { organisationId, url: receiver.url('/hook') })
  const event = { organisationId, entityType: 'Issue', entityId: randomUUID() }
  const post = async () => {
    const answer = await call(`${api.url}/v1/events`, {
      ...event,
      eventType: 'IssueUpdated',
      data: {},
    })
    expect(answer.status).toBe(202)
    return ((await answer.json()) as { id: string }).id
  }
  const before = await post()
  // Published it would be by now, if this process dispatched.
  const path = `/v1/events/${before}/deliveries?organisationId=${organisationId}`
  expect(await (await call(api.url + path)).json()).toMatchObject({ data: [] })

  const dispatcher = await startServer('dispatcher')
  const after = await post()
  const requests = await receiver.waitFor(2, { path: '/hook', timeoutMs: 20_000 })
  expect(new Set(requests.map(({ webhookId }) => webhookId))).toEqual(new Set([before, after]))

  expect((await call(`${dispatcher.url}/healthz`)).status).toBe(200)
  expect(await (await call(`${dispatcher.url}/readyz`)).json()).toMatchObject({ status: 'ok' })
  for (const path of ['/v1/events', '/openapi.json', '/admin/'])
    expect((await call(dispatcher.url + path)).status).toBe(404)

  expect(await dispatcher.program.end('SIGTERM')).toMatchObject({ code: 0 })
  expect(await api.program.end('SIGTERM')).toMatchObject({ code: 0 })
})

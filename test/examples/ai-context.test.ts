import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent, platformKey } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let http: Server
let folder: string
let service: ChildProcess
let url: string
const entityId = randomUUID()
const organisations = [randomUUID(), randomUUID()]

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  http = createServer(server.posthorn.node).listen(0, '127.0.0.1')
  await once(http, 'listening')
  folder = await mkdtemp(join(tmpdir(), 'posthorn-ai-context-'))
})

afterAll(async () => {
  service.kill('SIGTERM')
  if (service.exitCode === null) await once(service, 'exit')
  const closed = once(http, 'close')
  http.close()
  http.closeAllConnections()
  await closed
  await server.close()
  await rm(folder, { recursive: true })
})

async function start(): Promise<void> {
  const main = join(import.meta.dirname, '../../examples/ai-context/main.ts')
  service = spawn(process.execPath, ['--conditions=posthorn-source', main], {
    env: {
      ...process.env,
      PORT: '0',
      CONTEXT_FILE: join(folder, 'context.sqlite'),
      POSTHORN_URL: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
      POSTHORN_API_KEY: platformKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(
    createInterface({ input: service.stdout as NodeJS.ReadableStream }),
    'line',
  )
  url = String(line)
}

async function post(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    const organisationId = organisations[n % 2]
    const body = issueEvent({
      entityId,
      organisationId,
      userId: organisations[0],
      data: { from: 'open', to: `s${n}`, n },
    })
    expect((await server.call('POST', '/v1/events', { body })).status).toBe(202)
  }
}

const contextOf = (organisation: number, init?: RequestInit) =>
  fetch(
    url.replace('{organisationId}', organisations[organisation] ?? '').replace('{id}', entityId),
    init,
  )

const numbers = async (organisation: number) => {
  const { happenings } = (await (await contextOf(organisation)).json()) as {
    happenings: { data: { n: number } }[]
  }
  return happenings.map(({ data }) => data.n)
}

/** What one of two organisations has posted, of the entity that both of them name. */
const upTo = (count: number, organisation: number) =>
  Array.from({ length: count }, (_, n) => n).filter((n) => n % 2 === organisation)

const expectAll = async (count: number) => {
  for (const organisation of [0, 1])
    await expect
      .poll(() => numbers(organisation), { timeout: 20_000 })
      .toEqual(upTo(count, organisation))
}

test('a context has what was before the service and what came while it was killed, each once, of one organisation', async () => {
  await post(0, 20)
  await start()
  await post(20, 30)
  await expectAll(30)
  const killed = once(service, 'exit')
  service.kill('SIGKILL')
  await killed
  await post(30, 40)
  await start()
  await post(40, 45)
  await expectAll(45)
  const text = await (await contextOf(0, { headers: { accept: 'text/plain' } })).text()
  expect(text).toContain(`# Issue ${entityId}`)
  expect(text).toContain('"to":"s44"')
}, 60_000)

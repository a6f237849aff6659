import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let child: ChildProcess | undefined

beforeAll(async () => {
  server = await createTestPosthorn()
  receiver = await startReceiver()
})

afterEach(() => {
  child?.kill('SIGKILL')
})

afterAll(async () => {
  await server?.close()
  await receiver?.close()
})

/** A host in a process of its own, with one request under way that is answered when the test says so. */
async function startHost(mode: string) {
  const path = `/${mode}`
  let answer: ServerResponse | undefined
  receiver.behave(path, (_request, response) => {
    answer = response
  })
  const { key } = await server.createOrganisation()
  await server.call('POST', '/v1/subscriptions', { key, body: { url: receiver.url(path) } })
  const program = spawn(
    process.execPath,
    ['--conditions=posthorn-source', 'test/embed/draining-host.ts', mode],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, DATABASE_URL: server.databaseUrl },
    },
  )
  child = program
  const ended = once(program, 'exit')
  await once(program.stdout, 'data')
  await server.call('POST', '/v1/events', { key, body: issueEvent() })
  await receiver.waitFor(1, { path })
  return {
    signal: (name: NodeJS.Signals) => program.kill(name),
    answer: () => answer?.writeHead(200).end(),
    ended: async () => (await ended)[0] as number | null,
    deliveries: async () => (await server.call('GET', '/v1/deliveries', { key })).body.data,
  }
}

test.each([
  ['exit', 'SIGTERM'],
  ['no-exit', 'SIGINT'],
] as const)(
  '%s: on %s a request under way finishes and is recorded, then the process ends with 0',
  {
    timeout: 30_000,
  },
  async (mode, signal) => {
    const host = await startHost(mode)
    host.signal(signal)
    host.signal(signal)
    host.answer()
    expect(await host.ended()).toBe(0)
    expect(await host.deliveries()).toMatchObject([{ status: 'succeeded', attempts: 1 }])
  },
)

test('a drain that takes too long ends with 1, and what was not recorded is still to be sent', {
  timeout: 30_000,
}, async () => {
  const host = await startHost('timeout')
  host.signal('SIGTERM')
  expect(await host.ended()).toBe(1)
  expect(await host.deliveries()).toMatchObject([{ status: 'pending' }])
})

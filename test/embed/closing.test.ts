import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { platformKey } from '../support/create-test-posthorn.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const run = promisify(execFile)
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(async () => {
  await database?.drop()
})

/** Runs a program to its end; it has to end by itself. */
async function output(program: string): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    ['--conditions=posthorn-source', '--input-type=module', '--eval', program],
    { timeout: 20_000, env: { ...process.env, DATABASE_URL: database.url } },
  )
  return stdout.trim()
}

const observe = `
  import { readdirSync } from 'node:fs'
  import { setTimeout as delay } from 'node:timers/promises'
  import pg from 'pg'
  import postgres from 'postgres'
  /** Timers, sockets and watchers that keep the process; listeners of it; open files and sockets, where the system tells. */
  const held = () => JSON.stringify({
    resources: process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout|Immediate|FSEvent|Worker/.test(name)),
    globals: [globalThis.Request, globalThis.Response, globalThis.fetch].map((one) => String(one).length),
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]).sort(),
    files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
  })
  /** What is held, once that is as before; what remains when it never is. */
  const settled = async (before) => {
    for (let turn = 0; turn < 100 && held() !== before; turn++) await delay(20)
    return held()
  }`

test('importing does nothing', async () => {
  const answer = await output(`${observe}
    const globals = () => [globalThis.Request, globalThis.Response, globalThis.fetch]
    // Files are what Node's loader opens.
    const kept = () => held().replace(/,"files.*/, '')
    const [before, own] = [kept(), globals()]
    await import('@posthorn/server')
    const isSame = globals().every((one, index) => one === own[index])
    await delay(50)
    console.log(isSame && kept() === before ? 'nothing' : before + held())`)
  expect(answer).toBe('nothing')
})

test.each([
  ['a URL', 'process.env.DATABASE_URL'],
  ['a pg Pool', 'new pg.Pool({ connectionString: process.env.DATABASE_URL })'],
  ['a postgres.js sql', 'postgres(process.env.DATABASE_URL)'],
])(
  'with %s, nothing stays after close(): no timer, socket, file or listener, and the process ends',
  async (_, host) => {
    const answer = await output(`${observe}
    import { createServer } from 'node:http'
    import { createPosthorn } from '@posthorn/server'
    const bootstrapApiKey = '${platformKey}'
    async function live() {
      const retentionDays = { events: 3, deliveries: 3 }
      const posthorn = createPosthorn({
        database: ${host},
        allowPlaintextSecrets: true,
        retentionDays,
        bootstrapApiKey,
      })
      await posthorn.migrate()
      await posthorn.ensureApiKey()
      await posthorn.dispatcher.start()
      const server = createServer(posthorn.node).listen(0)
      await new Promise((resolve) => server.once('listening', resolve))
      const stream = await fetch('http://127.0.0.1:' + server.address().port + '/v1/stream', {
        headers: { authorization: 'Bearer ' + bootstrapApiKey },
      })
      const reader = stream.body.getReader()
      await reader.read()
      await posthorn.close()
      await posthorn.close()
      await reader.cancel()
      server.close()
      server.closeAllConnections()
      return stream.status
    }
    // Once for what is loaded when it is first needed.
    const statuses = [await live()]
    await delay(50)
    const before = held()
    statuses.push(await live())
    console.log(statuses.join(), (await settled(before)) === before ? before.slice(0, 15) : before + held())`)
    expect(answer).toBe('200,200 {"resources":[]')
  },
)

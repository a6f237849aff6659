import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/organisation.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase('empty')
})
afterEach(() => database.drop())

/** `posthorn` as a process of its own. */
function startProcess(args: string[], env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    ['--conditions=posthorn-source', 'server/cli/main.ts', ...args],
    {
      env: { ...process.env, ...settings(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(
    ([code, out, err]) => ({ code, out, err }),
  )
  return { child, ended }
}

const settings = () => ({
  DATABASE_URL: database.url,
  PORT: '0',
  POSTHORN_LOG_LEVEL: 'warn',
  POSTHORN_RETENTION_EVENTS_DAYS: '3',
  POSTHORN_RETENTION_DELIVERIES_DAYS: '3',
})

const runProcess = (args: string[], env?: Record<string, string>) => startProcess(args, env).ended

test('migrate says what it did, and that nothing was left to do', async () => {
  const early = await runProcess(['keys', 'list'])
  expect(early).toMatchObject({ code: 1, err: expect.stringContaining('posthorn migrate') })
  const first = await runProcess(['migrate', '--json'])
  expect(first).toMatchObject({ code: 0, err: '' })
  const { schema, steps } = JSON.parse(first.out)
  expect(schema).toBe('posthorn')
  expect(steps).toContainEqual(expect.objectContaining({ message: 'migration applied' }))
  expect(steps).toContainEqual(expect.objectContaining({ message: 'partition created' }))
  expect(await runProcess(['migrate'])).toEqual({
    code: 0,
    out: 'The schema posthorn was up to date.\n',
    err: '',
  })
  expect(await runProcess(['keys', 'list'])).toMatchObject({ code: 0, out: 'There are no keys.\n' })
})

test('start that cannot is told why in one line, with exit code 1; with a wrong environment 2', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as AddressInfo
  const busy = await runProcess(['start'], { PORT: String(port) })
  taken.close()
  expect(busy).toMatchObject({ code: 1, out: '' })
  expect(busy.err).toMatch(/^Error: .*EADDRINUSE.*\n$/m)
  const wrong = await runProcess(['start'], { PORT: 'http' })
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('PORT is "http".') })
})

test('start drains on SIGTERM and exits with 0', async () => {
  const { child, ended } = startProcess(['start', '--json'])
  child.stdout.once('data', () => child.kill('SIGTERM'))
  const { code, out } = await ended
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    role: 'all',
    url: expect.stringMatching(/^http:/),
    apiKey: expect.stringMatching(/^ph_/),
  })
})

test('start takes only what HTTP allows, within its limits of connections, whatever NODE_OPTIONS say', async () => {
  const { child, ended } = startProcess(['start', '--json'], {
    NODE_OPTIONS: '--insecure-http-parser',
  })
  const [line] = await once(child.stdout, 'data')
  const socket = connect(Number(new URL(JSON.parse(line).url).port), '127.0.0.1')
  socket.end('GET /healthz HTTP/1.1\r\nhost: a\r\nx: \x01\r\nconnection: close\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /)
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0 })
})

test('start gives up on SIGTERM while it waits for the migration of another process', async () => {
  const sql = postgres(database.url, { max: 2 })
  const migrating = await sql.reserve()
  await migrating`begin`
  await migrating`select pg_advisory_xact_lock(hashtext('posthorn.migrate'), hashtext('posthorn'))`
  const { child, ended } = startProcess(['start'])
  await until(async () => (await sql`select from pg_locks where not granted`).length > 0)
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0, out: '' })
  migrating.release()
  await sql.end({ timeout: 1 })
})

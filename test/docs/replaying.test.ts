import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrivals, createReplayer } from '../replays/replaying.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { readSnippet } from '../support/snippets.ts'

const run = promisify(execFile)
const page = 'docs/replaying.md'
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let http: ReturnType<typeof createServer>
let folder: string

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
  http = createServer(server.posthorn.node).listen(0, '127.0.0.1')
  await new Promise((resolve) => http.once('listening', resolve))
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = mkdtempSync('.posthorn/replaying-')
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  http.closeAllConnections()
  http.close()
  await server.close()
  await receiver.close()
})

const environment = (key: string, subscriptionId: string) => ({
  ...process.env,
  POSTHORN_URL: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
  POSTHORN_API_KEY: key,
  SUBSCRIPTION_ID: subscriptionId,
  SINCE: new Date(Date.now() - 3_600_000).toISOString(),
})

test('the request of the page sends again what an outage failed', async () => {
  const own = await createReplayer(server, receiver)
  const { id, path, ids } = await own.outage(4)
  const { stdout } = await run('bash', ['-c', readSnippet(page, 'failed')], {
    env: environment(own.key, id),
  })
  expect(await own.completed(JSON.parse(stdout).id)).toMatchObject({ succeeded: 4 })
  expect(arrivals(receiver, path, 4).sort()).toEqual(ids.sort())
})

test('the program of the page backfills a late subscription', async () => {
  const own = await createReplayer(server, receiver)
  const ids = await own.post(6)
  const { id, path } = await own.subscribe()
  const file = join(folder, 'backfill.mjs')
  writeFileSync(file, readSnippet(page, 'backfill.mjs'))
  const { stdout } = await run(process.execPath, ['--conditions=posthorn-source', file], {
    env: environment(own.key, id),
  })
  expect(stdout).toMatch(/^6 to send\ncompleted: 6 queued, \d succeeded/)
  await receiver.waitFor(6, { path })
  expect(arrivals(receiver, path).sort()).toEqual(ids.sort())
})

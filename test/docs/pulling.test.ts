import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent, platformKey } from '../support/create-test-posthorn.ts'
import { readSnippet } from '../support/snippets.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let http: Server
let folder: string

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  http = createServer(server.posthorn.node).listen(0, '127.0.0.1')
  await once(http, 'listening')
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = mkdtempSync('.posthorn/pulling-')
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  http.closeAllConnections()
  http.close()
  await server.close()
})

test('the snippets of the page consume what comes, and read what was before', async () => {
  const organisationId = randomUUID()
  const post = async () =>
    (await server.call('POST', '/v1/events', { body: issueEvent({ organisationId }) })).body.id
  await post()
  const [start = '', ...rest] = readSnippet('docs/pulling.md', 'pulling').split(
    /(?<=from '@posthorn\/sdk'\n)/,
  )
  const file = resolve(join(folder, 'consumer.ts'))
  const names = 'url, apiKey, organisationId, index, load, save, signal'
  writeFileSync(
    file,
    `${start}
export default async ({ ${names} }: Record<'${names.replaceAll(', ', "' | '")}', any>) => {
${rest.join('').replace('await posthorn.subscriptions.consume', 'const consuming = posthorn.subscriptions.consume')}
${readSnippet('docs/pulling.md', 'history')}
await consuming
}`,
  )
  const { default: run } = await import(file)
  const ended = new AbortController()
  const indexed: string[] = []
  let saved: string | undefined
  const running = run({
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    apiKey: platformKey,
    organisationId,
    index: async (entityId: string) => void indexed.push(entityId),
    load: async () => undefined,
    save: async (cursor: string) => {
      saved = cursor
    },
    signal: ended.signal,
  })
  await expect.poll(() => saved, { timeout: 10_000 }).toBeDefined()
  await expect
    .poll(async () => (await server.call('GET', '/v1/subscriptions/uid:search-index', {})).status)
    .toBe(200)
  const before = indexed.length
  await post()
  await expect.poll(() => indexed.length, { timeout: 10_000 }).toBeGreaterThan(before)
  ended.abort()
  await running
})

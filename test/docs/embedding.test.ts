import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { freePort } from '../support/free-port.ts'
import { readSnippet } from '../support/snippets.ts'

const page = 'docs/embedding.md'
let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = mkdtempSync('.posthorn/embedding-')
  for (const [, name = ''] of readFileSync(page, 'utf8').matchAll(/<!-- run: (\S+) -->/g)) {
    writeFileSync(join(folder, name), readSnippet(page, name))
  }
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.drop()
})

function start(file: string, port: number) {
  return spawn(process.execPath, ['--conditions=posthorn-source', join(folder, file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: database.url,
      POSTHORN_ENCRYPTION_KEYS: encryptionKeys.join(),
    },
  })
}

test.each([
  ['hono.ts', '/webhooks/readyz'],
  ['express.ts', '/webhooks/readyz'],
  ['fastify.ts', '/webhooks/readyz'],
  ['node-http.ts', '/webhooks/readyz'],
  ['dispatch.ts', '/readyz'],
])('%s of the page serves', { timeout: 30_000 }, async (file, path) => {
  const port = await freePort()
  const host = start(file, port)
  const ended = once(host, 'exit')
  try {
    const status = () =>
      fetch(`http://localhost:${port}${path}`).then((response) => response.status)
    await expect.poll(() => status().catch(() => 0), { timeout: 20_000 }).toBe(200)
  } finally {
    host.kill()
  }
  const [code, signal] = await ended
  // Only one of them drains.
  expect(file === 'dispatch.ts' ? code : signal).toBe(file === 'dispatch.ts' ? 0 : 'SIGTERM')
})

test('the route handlers of the page answer', { timeout: 30_000 }, async () => {
  writeFileSync(
    join(folder, 'driver.ts'),
    `import { posthorn } from './posthorn.ts'
    import * as route from './route.ts'
    import * as cron from './tick.ts'
    const ready = await route.GET(new Request('http://host/webhooks/readyz'))
    console.log('answers', ready.status, await (await cron.GET()).text())
    await posthorn.close()`,
  )
  const driver = start('driver.ts', 0)
  let text = ''
  for await (const chunk of driver.stdout) text += chunk
  expect(text).toContain('answers 200 {"isIdle":true}')
})

test.each([
  ['PosthornOptions', 'options.ts'],
  ['DispatcherOptions', 'options.ts'],
  ['DestinationOptions', 'kernel/destination-policy.ts'],
])('every option of %s is in the page', (name, file) => {
  const source = readFileSync(`server/${file}`, 'utf8')
  const [, body = ''] = new RegExp(`interface ${name}[^{]*\\{(.*?)\\n\\}`, 's').exec(source) ?? []
  const prefix = name === 'DispatcherOptions' ? 'dispatcher.' : ''
  const options = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, option]) => prefix + option)
  expect(options.length).toBeGreaterThan(2)
  const text = readFileSync(page, 'utf8')
  expect(options.filter((option) => !text.includes(`| \`${option}`))).toEqual([])
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'
import { freePort } from '../support/free-port.ts'
import { readSnippet } from '../support/snippets.ts'

const page = 'docs/embedding-the-console.md'
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let http: ReturnType<typeof createServer>
let folder: string

beforeAll(async () => {
  server = await createTestPosthorn()
  http = createServer(server.posthorn.node).listen(0, '127.0.0.1')
  await once(http, 'listening')
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = mkdtempSync('.posthorn/embedding-')
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  http.closeAllConnections()
  http.close()
  await server.close()
})

test('the backend of the page gives it a token of the organisation, for its own origin', async () => {
  const { organisationId } = await server.createOrganisation()
  const origin = `http://127.0.0.1:${await freePort()}`
  const file = join(folder, 'portal-token.mjs')
  writeFileSync(file, readSnippet(page, 'portal-token.mjs'))
  const backend = spawn(process.execPath, ['--conditions=posthorn-source', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      APP_ORIGIN: origin,
      POSTHORN_URL: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
      POSTHORN_API_KEY: platformKey,
      ORGANISATION_ID: organisationId,
    },
  })
  try {
    const answer = () => fetch(origin).then((response) => response.json() as Promise<object>)
    await expect.poll(() => answer().catch(() => ({})), { timeout: 20_000 }).toHaveProperty('token')
    const { token } = (await answer()) as { token: string }
    const { body } = await server.call('GET', '/v1/session', { key: token })
    expect(body).toMatchObject({ organisationId, allowedOrigins: [origin] })
  } finally {
    backend.kill()
  }
})

test.each([
  ['frame/mount-console.ts', 'MountOptions'],
  ['react/props.ts', 'PosthornConsoleProps'],
])('every option of %s is in the page', (file, name) => {
  const source = readFileSync(`admin-ui/src/${file}`, 'utf8')
  const [, body = ''] = new RegExp(`interface ${name} \\{(.*?)\\n\\}`, 's').exec(source) ?? []
  const options = [...body.matchAll(/^ {2}(\w+)\??[:(]/gm)].map(([, option]) => option)
  expect(options.length).toBeGreaterThan(5)
  const text = readFileSync(page, 'utf8')
  expect(options.filter((option) => !text.includes(`\`${option}\``))).toEqual([])
})

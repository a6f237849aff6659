import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerJson, startAnsweringServer } from '../sdk/answering-server.ts'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'
import { readSnippet } from '../support/snippets.ts'

const run = promisify(execFile)
const secret = 'a secret of the host that is long enough'
const organisationId = randomUUID()
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let http: ReturnType<typeof createServer>
let folder: string

beforeAll(async () => {
  const jwt = { issuer: 'https://id.example.com', audience: 'posthorn', secret }
  server = await createTestPosthorn({ jwt })
  http = createServer(server.posthorn.node).listen(0, '127.0.0.1')
  await new Promise((resolve) => http.once('listening', resolve))
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = mkdtempSync('.posthorn/signing-in-')
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  http.closeAllConnections()
  http.close()
  await server.close()
})

async function runSnippet(name: string, environment: Record<string, string> = {}) {
  const file = join(folder, name)
  writeFileSync(file, readSnippet('docs/signing-in.md', name))
  const { stdout } = await run(process.execPath, ['--conditions=posthorn-source', file], {
    env: {
      ...process.env,
      POSTHORN_URL: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
      POSTHORN_API_KEY: platformKey,
      ORGANISATION_ID: organisationId,
      JWT_SECRET: secret,
      ...environment,
    },
  })
  return stdout.trim()
}

const session = async (key: string) => (await server.call('GET', '/v1/session', { key })).body

test('the server of the page makes a token for a person', async () => {
  const { token, expiresAt } = JSON.parse(await runSnippet('portal-token.mjs'))
  expect(await session(token)).toMatchObject({
    name: 'user_4711',
    organisationId,
    expiresAt,
    allowedOrigins: ['https://app.example.com'],
  })
})

test('the client of the page asks its own server for a token, and again once that was revoked', async () => {
  const mint = () => server.call('POST', '/v1/portal-tokens', { body: { organisationId } })
  const { body: revoked } = await mint()
  await server.call('DELETE', `/v1/portal-tokens/${revoked.id}`)
  const { body: good } = await mint()
  const { url, seen } = await startAnsweringServer((response, _request, count) =>
    answerJson(response, 200, { token: count === 1 ? revoked.token : good.token }),
  )
  expect(await runSnippet('page.mjs', { TOKEN_URL: url })).toBe(
    `${organisationId} ${good.scopes.join(' ')}`,
  )
  expect(seen).toHaveLength(2)
})

test('the JWT of the page is accepted', async () => {
  expect(await session(await runSnippet('jwt.mjs'))).toMatchObject({
    kind: 'jwt',
    name: 'Ada Lovelace',
    organisationId,
  })
})

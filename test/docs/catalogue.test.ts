import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'
import { readSnippet } from '../support/snippets.ts'

const run = promisify(execFile)

test('the program of the page publishes its definitions and emits an event that fits them', async () => {
  const server = await createTestPosthorn()
  const http = createServer(server.posthorn.node).listen(0, '127.0.0.1')
  await new Promise((resolve) => http.once('listening', resolve))
  // Inside the repository, where the snippet finds its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  const folder = mkdtempSync('.posthorn/catalogue-')
  try {
    const file = `${folder}/define.ts`
    writeFileSync(file, readSnippet('docs/catalogue.md', 'define.ts'))
    const { stdout } = await run(process.execPath, ['--conditions=posthorn-source', file], {
      env: {
        ...process.env,
        POSTHORN_URL: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
        POSTHORN_API_KEY: platformKey,
      },
    })
    expect(stdout).toContain("created: [ 'LeaseSigned', 'KeyLost' ]")
    const { body } = await server.call('GET', '/v1/event-types/LeaseSigned')
    expect(body).toMatchObject({ entityType: 'Lease', example: { kind: 'flat' } })
  } finally {
    rmSync(folder, { recursive: true, force: true })
    http.closeAllConnections()
    http.close()
    await server.close()
  }
})

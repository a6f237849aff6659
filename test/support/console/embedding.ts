import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { buildPage, startHost } from '../../../examples/embedding/host.ts'
import { createTestPosthorn, platformKey } from '../create-test-posthorn.ts'
import { freePort } from '../free-port.ts'
import { startBrowser } from './browser.ts'

export interface TestEmbedding {
  browser: Browser
  posthorn: Awaited<ReturnType<typeof createTestPosthorn>>
  posthornUrl: string
  organisationId: string
  /** The page of examples/embedding. */
  hostUrl: string
  /** A page that may frame the console, too, but that no token is made for. */
  otherUrl: string
}

/** Posthorn, the host of examples/embedding before it, and another host beside that one. */
export function useEmbedding(): () => TestEmbedding {
  let started: TestEmbedding | undefined
  const closings: (() => Promise<void> | void)[] = []

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['.ci/build-console.ts', 'library'])
    await buildPage()
    const [hostPort, otherPort] = await Promise.all([freePort(), freePort()])
    const origins = [hostPort, otherPort].map((port) => `http://127.0.0.1:${port}`)
    const posthorn = await createTestPosthorn({
      consoleDir: 'admin-ui/dist',
      console: { frameAncestors: origins },
      corsOrigins: origins,
    })
    const { organisationId } = await posthorn.createOrganisation()
    const server = createServer(posthorn.posthorn.node).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const posthornUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const common = { posthornUrl, apiKey: platformKey, organisationId }
    const host = await startHost({ ...common, port: hostPort })
    const other = await startHost({ ...common, port: otherPort, tokensFor: host.url })
    const browser = await startBrowser()
    closings.push(
      () => browser.close(),
      host.close,
      other.close,
      () => {
        server.close()
        server.closeAllConnections()
      },
      posthorn.close,
    )
    started = {
      browser,
      posthorn,
      posthornUrl,
      organisationId,
      hostUrl: host.url,
      otherUrl: other.url,
    }
  }, 240_000)
  afterAll(async () => {
    for (const close of closings) await close()
  })

  return () => {
    if (!started) throw new Error('The hosts of this file are not running')
    return started
  }
}

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
/** How the console is reached: what the visitor puts before a path of it, by name of the mount. */
const mounts: Record<string, string> = {}
const closings: (() => void)[] = []

/** A proxy that answers under `prefix` with what lies at `target`. */
function proxy(prefix: string, target: string): RequestListener {
  return (request, response) => {
    request.url = target + request.url?.slice(prefix.length)
    void server.posthorn.node(request, response)
  }
}

beforeAll(async () => {
  server = await createTestPosthorn({ consoleDir: 'admin-ui/dist' })
  const listeners: Record<string, RequestListener> = {
    '/admin/': server.posthorn.node,
    '/': proxy('/', '/admin/'),
    '/a/b/c/admin/': proxy('/a/b/c', ''),
  }
  for (const [path, listener] of Object.entries(listeners)) {
    const http = createServer(listener).listen(0, '127.0.0.1')
    await once(http, 'listening')
    closings.push(() => http.close())
    mounts[path] = `http://127.0.0.1:${(http.address() as AddressInfo).port}${path}`
  }
})

afterAll(async () => {
  for (const close of closings) close()
  await server.close()
})

/** A page, and what it loads, as a browser finds them: relative to its `<base>`. */
async function open(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers })
  const text = await response.text()
  const base = new URL(/<base href="([^"]*)"/.exec(text)?.[1] ?? '', url)
  const links = [...text.matchAll(/(?:src|href)="([^"]*\/assets\/[^"]*)"/g)]
  return {
    response,
    text,
    base: base.href,
    links: links.map(([, link = '']) => new URL(link, base)),
  }
}

describe.each(['/admin/', '/', '/a/b/c/admin/'])('the built console at %s', (path) => {
  test.each(['', 'deliveries', 'deliveries/0198/attempts?status=failed'])(
    'opens at "%s", with everything it loads',
    async (deepLink) => {
      const { response, base, links } = await open(mounts[path] + deepLink)
      expect(response.status).toBe(200)
      expect(base).toBe(mounts[path])
      expect(links.length).toBeGreaterThanOrEqual(3)
      for (const link of links) {
        const asset = await fetch(link)
        expect(asset.status, link.href).toBe(200)
        expect(asset.headers.get('content-encoding')).toMatch(/^(br|gzip)$/)
        expect(asset.headers.get('cache-control')).toContain('immutable')
        // fetch has decompressed it: a broken file throws here.
        expect((await asset.text()).length).toBeGreaterThan(100)
      }
    },
  )

  test('answers 404 for an asset of another build', async () => {
    expect((await fetch(`${mounts[path]}assets/index-00000000.js`)).status).toBe(404)
  })
})

test('the page holds nothing of anyone, whoever asks for it', async () => {
  const { organisationId, key } = await server.createOrganisation()
  await server.call('POST', '/v1/subscriptions', {
    key,
    body: { url: 'http://127.0.0.1:9/secret-path', description: 'secret description' },
  })
  const page = `${mounts['/admin/']}subscriptions`
  const [unsigned, signed] = await Promise.all([
    open(page),
    open(`${page}?organisationId=${organisationId}`, { authorization: `Bearer ${key}` }),
  ])
  const withoutNonce = (text: string) => text.replaceAll(/nonce="[^"]*"/g, '')
  expect(withoutNonce(signed.text)).toBe(withoutNonce(unsigned.text))
  for (const mine of [organisationId, key, 'secret']) expect(signed.text).not.toContain(mine)
  expect(signed.response.headers.has('set-cookie')).toBe(false)
})

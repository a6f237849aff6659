import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveConsole } from '../../server/http/serve-console.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthorn-console-'))
  await mkdir(join(folder, 'dist/assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(
    join(folder, 'dist/index.html'),
    '<!doctype html><html><head><meta property="csp-nonce" nonce="CSP_NONCE"></head></html>',
  )
  await writeFile(join(folder, 'dist/favicon.svg'), '<svg/>')
  await writeFile(join(folder, 'dist/assets/index-4f3a.js'), 'export {}')
  await writeFile(join(folder, 'dist/assets/index-4f3a.js.br'), 'as brotli')
  await writeFile(join(folder, 'dist/assets/index-4f3a.js.gz'), 'as gzip')
})

afterAll(() => rm(folder, { recursive: true }))

async function get(path: string, prefix = '', headers: Record<string, string> = {}) {
  const console = serveConsole({ dir: join(folder, 'dist') })
  const app = prefix === '' ? console : new Hono().route(prefix, console)
  const response = await app.request(`${prefix}${path}`, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe.each(['', '/webhooks', '/admin/posthorn'])('mounted at "%s"', (prefix) => {
  test('the page names the folder its links are relative to, at any depth', async () => {
    expect((await get('/admin/', prefix)).text).toContain('<head><base href="./">')
    expect((await get('/admin/index.html', prefix)).text).toContain('<head><base href="./">')
    expect((await get('/admin/deliveries', prefix)).text).toContain('<head><base href="./">')
    expect((await get('/admin/deliveries/123', prefix)).text).toContain('<head><base href="../">')
    expect((await get('/admin/event-types/Issue.Created/edit', prefix)).text).toContain(
      '<head><base href="../../">',
    )
  })

  test('without the slash at its end the address is put right, relative to whatever is before it', async () => {
    const { status, headers } = await get('/admin', prefix)
    expect(status).toBe(301)
    expect(headers.get('location')).toBe('admin/')
  })

  test('assets may be kept for ever, everything else is asked for again', async () => {
    const asset = await get('/admin/assets/index-4f3a.js', prefix)
    expect(asset).toMatchObject({ status: 200, text: 'export {}' })
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(asset.headers.get('content-type')).toContain('javascript')
    expect((await get('/admin/favicon.svg', prefix)).headers.get('cache-control')).toBe('no-cache')
    expect((await get('/admin/', prefix)).headers.get('cache-control')).toBe('no-store')
  })

  test('an asset that is gone is a 404, not the page', async () => {
    expect((await get('/admin/assets/index-old.js', prefix)).status).toBe(404)
  })
})

test.each([
  ['br, gzip', 'br', 'as brotli'],
  ['gzip, deflate', 'gzip', 'as gzip'],
  ['', null, 'export {}'],
])('who accepts "%s" gets what was compressed at build time', async (accepted, encoding, text) => {
  const asset = await get('/admin/assets/index-4f3a.js', '', { 'accept-encoding': accepted })
  expect(asset).toMatchObject({ status: 200, text })
  expect(asset.headers.get('content-encoding')).toBe(encoding)
  expect(asset.headers.get('content-type')).toContain('javascript')
  expect(asset.headers.get('vary')).toBe('accept-encoding')
})

test('every answer forbids other origins, inline scripts, frames and sniffing', async () => {
  for (const path of [
    '/admin/',
    '/admin/deliveries/1',
    '/admin/assets/index-4f3a.js',
    '/admin/assets/none.js',
  ]) {
    const { headers } = await get(path)
    expect(policyOf(headers)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': expect.stringMatching(/^'self' 'nonce-[\w+/=]+'$/),
      'img-src': "'self' data:",
      'font-src': "'self'",
      'base-uri': "'self'",
      'form-action': "'none'",
      'object-src': "'none'",
      'connect-src': "'self'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'default',
      'frame-ancestors': "'none'",
    })
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.has('set-cookie')).toBe(false)
    expect(headers.has('strict-transport-security')).toBe(false)
  }
})

test('the page names the nonce of its own policy, a new one each time', async () => {
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const { headers, text } = await get('/admin/')
      const [, nonce] = /property="csp-nonce" nonce="([^"]+)"/.exec(text) ?? []
      expect(policyOf(headers)['style-src']).toBe(`'self' 'nonce-${nonce}'`)
      return nonce
    }),
  )
  expect(nonces[0]).toHaveLength(24)
  expect(nonces[0]).not.toBe(nonces[1])
})

test('whom the operator named may hold the console in a frame, and nobody else', async () => {
  const app = serveConsole({
    dir: join(folder, 'dist'),
    frameAncestors: ["'self'", 'https://app.example.com'],
  })
  const { headers } = await app.request('/admin/')
  expect(policyOf(headers)['frame-ancestors']).toBe("'self' https://app.example.com")
  expect(headers.has('x-frame-options')).toBe(false)
})

test.each([
  '/admin/../secret.txt',
  '/admin/..%2fsecret.txt',
  '/admin/%2e%2e/secret.txt',
  '/admin/..%5csecret.txt',
  '/admin/assets/..%2f..%2f..%2fsecret.txt',
  '/admin/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
  '/admin//etc/passwd',
  '/admin/%00',
])('%s does not leave the folder', async (path) => {
  const { text } = await get(path)
  expect(text).not.toContain('secret')
  expect(text).not.toContain('root:')
})

test('a console that was not built says how to build it', async () => {
  const app = serveConsole({ dir: join(folder, 'nowhere') })
  const response = await app.request('/admin/')
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toContain('text/plain')
  expect(await response.text()).toContain('npm run build --workspace admin-ui')
})

/** The directives of an answer's policy. */
function policyOf(headers: Headers): Record<string, string> {
  const policy = headers.get('content-security-policy') ?? ''
  return Object.fromEntries(policy.split('; ').map((directive) => directive.split(/ (.*)/)))
}

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
    '<!doctype html><html><head><title>Posthorn</title></head></html>',
  )
  await writeFile(join(folder, 'dist/favicon.svg'), '<svg/>')
  await writeFile(join(folder, 'dist/assets/index-4f3a.js'), 'export {}')
})

afterAll(() => rm(folder, { recursive: true }))

async function get(path: string, prefix = '') {
  const console = serveConsole({ dir: join(folder, 'dist') })
  const app = prefix === '' ? console : new Hono().route(prefix, console)
  const response = await app.request(`${prefix}${path}`)
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
    expect((await get('/admin/', prefix)).headers.get('cache-control')).toBe('no-cache')
  })

  test('an asset that is gone is a 404, not the page', async () => {
    expect((await get('/admin/assets/index-old.js', prefix)).status).toBe(404)
  })
})

test('every answer forbids other origins, inline scripts, frames and sniffing', async () => {
  for (const path of [
    '/admin/',
    '/admin/deliveries/1',
    '/admin/assets/index-4f3a.js',
    '/admin/assets/none.js',
  ]) {
    const { headers } = await get(path)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-inline')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
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

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { routePath } from 'hono/route'
import type { AppEnv, RequestContext } from './environment.ts'

export interface ConsoleOptions {
  /** Folder of the built console. @default the one that comes with the package */
  dir?: string | undefined
  /** Where it lies in this app. @default '/admin' */
  path?: string
}

/** Nothing but our own files: no inline script, no other origin, no frame around it. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves the console's files, and its page for every deep link. */
export function serveConsole(options: ConsoleOptions = {}): Hono<AppEnv> {
  const { dir = fileURLToPath(new URL('../../admin-ui/dist', import.meta.url)), path = '/admin' } =
    options
  const app = new Hono<AppEnv>()
  app.use(`${path}/*`, async (c, next) => {
    setSecurityHeaders(c)
    await next()
  })
  // Relative, so that it holds under whatever prefix a host or a proxy puts before us.
  app.get(path, (c) => c.redirect(`${c.req.path.split('/').at(-1)}/`, 301))
  const serveFile = serveStatic<AppEnv>({ rewriteRequestPath: (_, c) => join(dir, pathBelow(c)) })
  app.get(`${path}/*`, async (c) => {
    const below = pathBelow(c)
    // Not the page itself: the file server would give it out without its <base>.
    const file = /^(index\.html)?$/.test(below)
      ? undefined
      : await serveFile(c, async () => undefined)
    if (file) {
      file.headers.set('cache-control', cacheControlOf(below))
      return file
    }
    return below.startsWith('assets/') ? c.text('Not found\n', 404) : servePage(c, dir, below)
  })
  return app
}

/** What follows `/admin/`; the route knows how deep that lies, wherever a host mounted it. */
function pathBelow(c: RequestContext): string {
  const depth = routePath(c).split('/').length - 1
  return c.req.path.split('/').slice(depth).join('/')
}

/** Vite puts a hash of the content into the names of assets. */
function cacheControlOf(below: string): string {
  return below.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

/** The page with a relative `<base>`: its links then work at any depth and under any prefix. */
async function servePage(c: RequestContext, dir: string, below: string): Promise<Response> {
  let page: string
  try {
    page = await readFile(join(dir, 'index.html'), 'utf8')
  } catch {
    return c.text(
      'The console is not built. Build it with: npm run build --workspace admin-ui\n',
      404,
    )
  }
  const base = '../'.repeat(below.split('/').length - 1) || './'
  c.header('cache-control', 'no-cache')
  return c.html(page.replace(/<head[^>]*>/i, (head) => `${head}<base href="${base}">`))
}

function setSecurityHeaders(c: RequestContext): void {
  c.header('content-security-policy', contentSecurityPolicy)
  c.header('x-content-type-options', 'nosniff')
  c.header('x-frame-options', 'DENY')
  c.header('referrer-policy', 'no-referrer')
  c.header('cross-origin-opener-policy', 'same-origin')
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { NONCE, type SecureHeadersVariables, secureHeaders } from 'hono/secure-headers'
import type { AppEnv, RequestContext } from './environment.ts'

export interface ConsoleOptions {
  /** Folder of the built console. @default the one that comes with the package */
  dir?: string | undefined
  /** Sources of `frame-ancestors`: who may put the console into a frame. @default nobody */
  frameAncestors?: readonly string[]
}

type ConsoleEnv = { Variables: AppEnv['Variables'] & SecureHeadersVariables }

const path = '/admin'
/** Stands in the built page wherever the nonce of the response goes; vite.config.ts writes it. */
const noncePlaceholder = /CSP_NONCE/g

/** Serves the console's files, and its page for every deep link. */
export function serveConsole(options: ConsoleOptions = {}): Hono<ConsoleEnv> {
  const { dir = fileURLToPath(new URL('../../admin-ui/dist', import.meta.url)) } = options
  const app = new Hono<ConsoleEnv>()
  app.use(`${path}/*`, setSecurityHeaders(options.frameAncestors ?? []))
  // Relative, so that it holds under whatever prefix a host or a proxy puts before us.
  app.get(path, (c) => c.redirect(`${c.req.path.split('/').at(-1)}/`, 301))
  const serveFile = serveStatic<ConsoleEnv>({
    precompressed: true,
    rewriteRequestPath: (_, c) => join(dir, pathBelow(c)),
  })
  let page: string | undefined
  app.get(`${path}/*`, async (c) => {
    const below = pathBelow(c)
    // Not the page itself: the file server would give it out without its <base>.
    const file = /^(index\.html)?$/.test(below)
      ? undefined
      : await serveFile(c, async () => undefined)
    if (file) {
      file.headers.set('cache-control', cacheControlOf(below))
      file.headers.set('vary', 'accept-encoding')
      return file
    }
    if (below.startsWith('assets/')) return c.text('Not found\n', 404)
    page ??= await readFile(join(dir, 'index.html'), 'utf8').catch(() => undefined)
    if (page === undefined) {
      return c.text(
        'The console is not built. Build it with: npm run build --workspace admin-ui\n',
        404,
      )
    }
    // Its nonce is good for once.
    c.header('cache-control', 'no-store')
    return c.html(
      page
        .replace(/<head[^>]*>/i, (head) => `${head}<base href="${baseOf(below)}">`)
        .replace(noncePlaceholder, c.get('secureHeadersNonce') ?? ''),
    )
  })
  return app
}

/** What follows `/admin/`; the route knows how deep that lies, wherever a host mounted it. */
function pathBelow(c: RequestContext): string {
  const depth = routePath(c).split('/').length - 1
  return c.req.path.split('/').slice(depth).join('/')
}

/** From a deep link back to `/admin/`: relative, so that it holds under any prefix. */
function baseOf(below: string): string {
  return '../'.repeat(below.split('/').length - 1) || './'
}

/** Vite puts a hash of the content into the names of assets. */
function cacheControlOf(below: string): string {
  return below.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

/** Nothing but our own files: no inline script, no other origin, no frame that was not allowed. */
function setSecurityHeaders(frameAncestors: readonly string[]): MiddlewareHandler<ConsoleEnv> {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // The kit writes <style> elements of its own, with the nonce that the page names.
      styleSrc: ["'self'", NONCE],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'self'"],
      formAction: ["'none'"],
      objectSrc: ["'none'"],
      // Text becomes no script by accident; the page's one policy lets styles through.
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['default'],
      frameAncestors: frameAncestors.length === 0 ? ["'none'"] : [...frameAncestors],
    },
    // It knows no list: where somebody may, frame-ancestors alone decides.
    xFrameOptions: frameAncestors.length === 0 ? 'DENY' : false,
    // A promise for the whole host name, which is not ours to make.
    strictTransportSecurity: false,
  })
}

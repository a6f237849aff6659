import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import type { Posthorn } from '../../server/index.ts'

export interface Host {
  /** Of Posthorn in it, without a slash at the end. */
  url: string
  close(): Promise<void>
}

/** What a host does to bring Posthorn under /webhooks, with the basePath that it must be given for it. */
export interface Mount {
  basePath: string
  start(posthorn: Posthorn): Promise<Host>
}

const prefix = '/webhooks'

export async function listen(server: Server, path = prefix): Promise<Host> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function startExpress(posthorn: Posthorn): Promise<Host> {
  const app = express()
  app.use(prefix, (req, res) => void posthorn.node(req, res))
  app.use(express.json())
  app.get('/host', (_req, res) => void res.send('host'))
  return listen(createServer(app))
}

/** A catch-all route handler of Next.js: a function per method, given a Request. */
export function routeHandlers(posthorn: Posthorn) {
  const { fetch } = posthorn
  const names = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
  return new Map(names.map((name) => [name, fetch]))
}

export const mounts: Record<string, Mount> = {
  'Hono, by route()': {
    basePath: '',
    start(posthorn) {
      const app = new Hono()
      app.route(prefix, posthorn.app)
      app.get('/host', (c) => c.text('host'))
      return listen(createServer(getRequestListener(app.fetch)))
    },
  },
  'Hono, by mount()': {
    basePath: '',
    start(posthorn) {
      const app = new Hono()
      app.mount(prefix, posthorn.fetch)
      app.get('/host', (c) => c.text('host'))
      return listen(createServer(getRequestListener(app.fetch)))
    },
  },
  'Express 5, which strips its prefix': { basePath: '', start: startExpress },
  'Express 5, told the prefix all the same': { basePath: prefix, start: startExpress },
  'Fastify 5': {
    basePath: prefix,
    async start(posthorn) {
      const app = Fastify()
      app.get('/host', async () => 'host')
      app.register((scope, _options, done) => {
        scope.removeAllContentTypeParsers()
        scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
        scope.all(`${prefix}/*`, (request, reply) => {
          reply.hijack()
          void posthorn.node(request.raw, reply.raw)
        })
        done()
      })
      await new Promise((resolve) => app.ready(resolve))
      return listen(app.server)
    },
  },
  'node:http': {
    basePath: prefix,
    start(posthorn) {
      const listener: RequestListener = (request, response) => {
        if (request.url?.startsWith(prefix)) void posthorn.node(request, response)
        else response.end('host')
      }
      return listen(createServer(listener))
    },
  },
  'a route handler, as of Next.js': {
    basePath: prefix,
    start(posthorn) {
      const handlers = routeHandlers(posthorn)
      const route = async (request: Request) => {
        const { pathname } = new URL(request.url)
        if (!pathname.startsWith(prefix)) return new Response('host')
        const handler = handlers.get(request.method)
        return handler ? handler(request) : new Response(null, { status: 405 })
      }
      return listen(createServer(getRequestListener(route)))
    },
  },
}

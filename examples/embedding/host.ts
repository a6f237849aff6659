// The application that embeds the console: a page, and a backend that knows who is signed in to it.
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createPosthornClient } from '@posthorn/sdk'
import react from '@vitejs/plugin-react'
import { Hono } from 'hono'
import { build } from 'vite'

export interface HostOptions {
  port: number
  /** Where Posthorn is, and what the backend says to it. */
  posthornUrl: string
  apiKey: string
  /** Of the person who is signed in; an application would look it up. */
  organisationId: string
  /** The origin that its tokens are for. @default its own */
  tokensFor?: string
}

const page = join(import.meta.dirname, 'page')
const dist = join(page, 'dist')

/** Builds the page from what npm installs, as any application would. */
export async function buildPage(): Promise<void> {
  await build({
    root: page,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { chunkSizeWarningLimit: 1500 },
  })
}

export async function startHost(options: HostOptions): Promise<{ url: string; close(): void }> {
  const { port, posthornUrl, apiKey, organisationId } = options
  const url = `http://127.0.0.1:${port}`
  const client = createPosthornClient({ url: posthornUrl, apiKey, organisationId })
  const app = new Hono()
  app.post('/portal-token', async (c) => {
    const { token } = await client.portalTokens.create({
      subject: 'demo-user',
      expiresInSeconds: 900,
      allowedOrigins: [options.tokensFor ?? url],
    })
    return c.json({ token })
  })
  app.post('/receiver', (c) => c.json({ received: true }))
  app.get('/', async (c) => {
    const html = await readFile(join(dist, 'index.html'), 'utf8')
    return c.html(html.replace('POSTHORN_URL', posthornUrl))
  })
  app.get('/assets/*', serveStatic({ root: dist }))

  const server = createServer(getRequestListener(app.fetch))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

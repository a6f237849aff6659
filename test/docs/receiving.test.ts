import { type ChildProcess, spawn } from 'node:child_process'
import { sign } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  newKeyPair,
  privateKeyOf,
  publicKeyOf,
  toJwk,
} from '../../server/subscriptions/key-pair.ts'
import { freePort } from '../support/free-port.ts'
import { readSnippet } from '../support/snippets.ts'

const secret = `whsec_${Buffer.from('k'.repeat(43)).toString('base64')}`
const id = '019a9d2e-5c00-7000-8000-000000000001'
const pair = newKeyPair()
const publicKey = publicKeyOf(pair) ?? ''
const jwksServer = createServer((_request, response) =>
  response.end(JSON.stringify({ keys: [toJwk(publicKey)] })),
)
const children: ChildProcess[] = []
let folder: string

beforeAll(async () => {
  // Inside the repository, where the snippets find its packages; git ignores it.
  mkdirSync('.posthorn', { recursive: true })
  folder = resolve(mkdtempSync('.posthorn/receiving-'))
  process.env['WEBHOOK_SECRET'] = secret
  process.env['WEBHOOK_PUBLIC_KEYS'] = publicKey
  await once(jwksServer.listen(0, '127.0.0.1'), 'listening')
  process.env['WEBHOOK_JWKS'] = `http://127.0.0.1:${(jwksServer.address() as AddressInfo).port}/`
})

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  jwksServer.close()
  rmSync(folder, { recursive: true, force: true })
})

function writeSnippet(name: string, port = ''): string {
  const file = `${folder}/${name}`
  writeFileSync(file, readSnippet('docs/receiving.md', name).replace('9000', port))
  return file
}

/** As during a change of scheme: with a private key, and with the secret. */
function signatures(nowSeconds: number, body: string): string {
  const content = Buffer.from(`${id}.${nowSeconds}.${body}`)
  const key = privateKeyOf(pair) ?? expect.fail('no key')
  const hmac = new Webhook(secret).sign(id, new Date(nowSeconds * 1000), body)
  return `v1a,${sign(null, content, key).toString('base64')} ${hmac}`
}

/** A signed request, as Posthorn sends it. */
function signedRequest(url: string, more: object = {}): Request {
  const event = { id, type: 'IssueStatusChanged', entityType: 'Issue', ...more }
  const body = JSON.stringify({ data: { from: 'open', to: 'gelöst 🛠️' }, ...event })
  const nowSeconds = Math.floor(Date.now() / 1000)
  return new Request(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(nowSeconds),
      'webhook-signature': signatures(nowSeconds, body),
    },
  })
}

async function changed(request: Request): Promise<Request> {
  return new Request(request, { body: (await request.text()).replace('open', 'shut') })
}

describe.each(['node.mjs', 'ed25519-node.mjs', 'express.mjs', 'fastify.mjs'])(
  'the server of %s',
  (name) => {
    const lines: string[] = []
    let url: string

    beforeAll(async () => {
      const port = await freePort()
      const file = writeSnippet(name, String(port))
      const child = spawn(process.execPath, ['--conditions=posthorn-source', file], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      children.push(child)
      child.stdout.on('data', (chunk) => lines.push(String(chunk)))
      url = `http://127.0.0.1:${port}/webhooks`
      await vi.waitFor(() => fetch(url), 20_000)
    })

    test('takes what was signed, byte for byte', async () => {
      expect((await fetch(signedRequest(url))).status).toBe(204)
      await expect.poll(() => lines.join('')).toBe(`IssueStatusChanged ${id}\n`)
    })

    test('answers 400 to what was changed', async () => {
      expect((await fetch(await changed(signedRequest(url)))).status).toBe(400)
    })
  },
)

describe.each<
  [string, (module: Record<string, unknown>) => (request: Request) => Promise<Response>]
>([
  ['next.ts', ({ POST }) => POST as never],
  ['ed25519-next.ts', ({ POST }) => POST as never],
  ['hono.ts', ({ app }) => (app as { request: never }).request],
])('the handler of %s', (name, handlerOf) => {
  const handle = async (request: Request) =>
    handlerOf(await import(pathToFileURL(writeSnippet(name)).href))(request)

  test('takes what was signed, and answers 400 to what was changed', async () => {
    const url = 'http://localhost/webhooks'
    expect((await handle(signedRequest(url))).status).toBe(204)
    const refusal = await handle(await changed(signedRequest(url)))
    expect([refusal.status, await refusal.text()]).toEqual([400, 'signature_mismatch'])
  })
})

test('the receiver that checks data takes what it does not know and refuses what does not fit', async () => {
  const { POST } = await import(pathToFileURL(writeSnippet('parse.ts')).href)
  const send = (more: object): Promise<Response> => POST(signedRequest('http://localhost/', more))
  expect((await send({})).status).toBe(204)
  expect((await send({ type: 'LeaseSigned', data: {} })).status).toBe(204)
  const refusal = await send({ data: { from: 'open' } })
  expect([refusal.status, await refusal.text()]).toEqual([
    422,
    expect.stringContaining('data.to: Invalid input'),
  ])
})

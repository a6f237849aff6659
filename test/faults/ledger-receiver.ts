// A process of its own, so that nothing that is killed can take the ledger with it. PUT sets what a path does, GET /ledger
// answers what came since an offset, every POST is a webhook.
import { hash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { Mode, Receipt } from './ledger.ts'
import { seededRandom } from './seeded-random.ts'

interface Hook {
  webhook: Webhook | undefined
  mode: Mode
  underWay: number
}

const random = seededRandom(Number(process.env['FAULTS_SEED'] ?? 1))
const hooks = new Map<string, Hook>()
const ledger: Receipt[] = []

function hookOf(path: string): Hook {
  let hook = hooks.get(path)
  if (!hook) {
    hook = { webhook: undefined, mode: { kind: 'ok' }, underWay: 0 }
    hooks.set(path, hook)
  }
  return hook
}

const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const path = request.url ?? ''
    const body = Buffer.concat(chunks)
    if (request.method === 'POST') return receive(path, request, response, body)
    if (request.method === 'PUT') set(path, JSON.parse(body.toString()))
    const since = Number(new URL(path, 'http://ledger').searchParams.get('since'))
    response.end(request.method === 'GET' ? JSON.stringify(ledger.slice(since)) : '')
  })
})

function set(path: string, { secret, mode }: { secret?: string; mode?: Mode }): void {
  const hook = hookOf(path)
  if (secret !== undefined) hook.webhook = new Webhook(secret)
  if (mode !== undefined) hook.mode = mode
}

function receive(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const hook = hookOf(path)
  const { mode } = hook
  const answer = answerOf(mode)
  hook.underWay++
  response.once('close', () => hook.underWay--)
  const id = String(request.headers['webhook-id'])
  const timestampSeconds = Number(request.headers['webhook-timestamp'])
  ledger.push({
    path,
    id,
    atMs: Date.now(),
    bodyHash: hash('sha256', body, 'base64url'),
    verified: isSignedBy(hook.webhook, request, body, timestampSeconds),
    timestampSeconds,
    answer,
    underWay: hook.underWay,
  })
  if (answer === 'hang') return
  const finish = () => {
    if (answer === 'reset') response.socket?.resetAndDestroy()
    else response.writeHead(answer, mode.kind === 'status' ? mode.headers : {}).end()
  }
  if (mode.kind === 'slow') setTimeout(finish, random.integer(mode.minMs, mode.maxMs))
  else finish()
}

function answerOf(mode: Mode): Receipt['answer'] {
  if (mode.kind === 'status') return mode.statusCode
  if (mode.kind === 'hang' || mode.kind === 'reset') return mode.kind
  if (mode.kind === 'flaky' && random.next() < mode.share) return random.pick([500, 'reset'])
  return 200
}

/** `verify` would refuse an old timestamp too; how old it may be is another promise. */
function isSignedBy(
  webhook: Webhook | undefined,
  request: IncomingMessage,
  body: Buffer,
  timestampSeconds: number,
): boolean {
  if (!webhook) return false
  const id = String(request.headers['webhook-id'])
  const expected = webhook.sign(id, new Date(timestampSeconds * 1000), body.toString())
  return String(request.headers['webhook-signature']).split(' ').includes(expected)
}

server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
)

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Contract,
  contractOf,
  judgeRefusal,
  type Operation,
  type Received,
} from './contract.ts'
import { encode, type Plan, planOf, validPlanOf } from './plan.ts'
import { type Sent, startServer } from './server.ts'

/** More of both for a night: FUZZ_RUNS=5000 FUZZ_SEED=7 npx vitest … test/fuzz. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 25)
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)

/** A replay that runs, and a pull that left something to acknowledge, are a matter of moments. */
const dependsOnTiming = new Set([
  'POST /v1/replays/{id}/pause',
  'POST /v1/replays/{id}/resume',
  'POST /v1/replays/{id}/cancel',
  'POST /v1/subscriptions/{id}/ack',
])

let server: Awaited<ReturnType<typeof startServer>>
let contract: Contract
const succeeded = new Set<string>()

beforeAll(async () => {
  server = await startServer()
  const { text } = await server.send({
    method: 'GET',
    path: '/openapi.json',
    headers: {},
    body: undefined,
  })
  contract = contractOf(JSON.parse(text))
})

afterAll(() => server.close())

test(
  'every operation answers every request as its document promises, and none with a 5xx',
  async () => {
    const broken: string[] = []
    // What deletes comes last, so that the others have something to work on.
    const isDelete = (one: Operation) => Number(one.method === 'DELETE')
    for (const operation of contract.operations.toSorted((a, b) => isDelete(a) - isDelete(b))) {
      const property = fc.asyncProperty(planOf(contract, credentials(), operation), (plan) =>
        check(operation, plan),
      )
      const result = await fc.check(property, {
        numRuns: runs,
        seed,
        endOnFailure: true,
        // On a busy machine fewer requests are made, not a longer test.
        interruptAfterTimeLimit: (runs * 1_000) / contract.operations.length,
      })
      if (result.failed && !result.interrupted) broken.push(String(result.errorInstance))
    }
    expect(broken, `FUZZ_SEED=${seed} FUZZ_RUNS=${runs}`).toEqual([])
  },
  60_000 + runs * 2_000,
)

test('the requests above were good ones too: each operation succeeds', async () => {
  // The deletions came last, and may have left nothing.
  await server.refill()
  const never: string[] = []
  for (const operation of contract.operations) {
    const isLeft = () => !succeeded.has(operation.name) && !dependsOnTiming.has(operation.name)
    if (!isLeft()) continue
    const plans = fc.sample(validPlanOf(contract, credentials(), operation), { numRuns: 500, seed })
    for (const plan of plans) if (isLeft()) await check(operation, plan)
    if (isLeft()) never.push(operation.name)
  }
  expect(never, `FUZZ_SEED=${seed} FUZZ_RUNS=${runs}`).toEqual([])
}, 60_000)

const credentials = () => Object.keys(server.credentials)

async function check(operation: Operation, plan: Plan): Promise<void> {
  const token = server.credentials[plan.credential]
  const headers: Sent['headers'] = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const body = bytesOf(plan.body)
  if (body !== undefined)
    Object.assign(headers, {
      'content-type': 'application/json',
      'content-length': String(body.length),
    })
  for (const [name, value] of plan.headers) headers[name] = value
  const query = plan.query
    .map(([key, value]) => `${encode(key)}=${encode(resolve(value))}`)
    .join('&')
  const path = resolve(plan.path) + (query === '' ? '' : `?${query}`)
  const received = await server.send({ method: plan.method, path, headers, body })
  if (isRefusedBefore(path, received)) return
  const wrong =
    (plan.method === 'HEAD' ? undefined : judgeRefusal(received)) ??
    (plan.isMeant ? contract.judge(operation, received) : undefined) ??
    judgeDoor(plan, path, received)
  if (wrong !== undefined) {
    const sent = `${plan.method} ${path.slice(0, 500)} as ${plan.credential} ${JSON.stringify(plan.headers)}\n${body?.subarray(0, 2_000)}`
    throw new Error(
      `${operation.name}: ${wrong}\n${sent}\n→ ${received.status} ${received.text.slice(0, 2_000)}`,
    )
  }
  if (plan.isMeant && received.status < 300) await follow(operation, plan, path, received)
}

/** Node and its adaptor answer for themselves what no request can be made of. */
function isRefusedBefore(path: string, { status, type, text }: Received): boolean {
  if (type !== '' || text !== '') return false
  return status === 431 ? path.length > 8_000 : status === 400 && /[\\]|\/\//.test(path)
}

/** Nobody gets in without a credential, and never because of what else the request holds. */
function judgeDoor(
  { credential, method }: Plan,
  path: string,
  { status }: Received,
): string | undefined {
  if (!/^\/v1\/(?!.*(\.|%2e|\\))/i.test(path) || method === 'TRACE') return undefined
  const isStranger = credential === 'none' || credential === 'garbage'
  return isStranger && status !== 401 ? 'a stranger was not turned away' : undefined
}

/** What was made can be asked for, and what was deleted is gone. */
async function follow(
  operation: Operation,
  plan: Plan,
  path: string,
  received: Received,
): Promise<void> {
  succeeded.add(operation.name)
  const json = received.type === 'application/json' ? JSON.parse(received.text) : undefined
  const kind = operation.path.split('/')[2] ?? ''
  if (json?.nextCursor) server.add('cursors', json.nextCursor)
  if (json?.deliveryId) server.add('deliveries', json.deliveryId)
  const token = server.credentials[plan.credential] ?? ''
  const at = (method: string, path: string) =>
    server.send({ method, path, headers: { authorization: `Bearer ${token}` }, body: undefined })
  const single = operation.path.includes('{') ? operation.path : `${operation.path}/{id}`
  const isReadable = contract.operations.some(({ name }) => name === `GET ${single}`)
  if (
    operation.method === 'POST' &&
    operation.path.split('/').length === 3 &&
    typeof json?.id === 'string'
  ) {
    if (kind !== 'events') server.add(kind, json.id)
    const scope =
      typeof json.organisationId === 'string' ? `?organisationId=${json.organisationId}` : ''
    if (isReadable && kind !== 'events')
      expect(
        (await at('GET', `${operation.path}/${json.id}${scope}`)).status,
        `${operation.name} ${json.id}`,
      ).not.toBe(404)
  }
  if (operation.method === 'DELETE' && received.status === 204) {
    // What is gone must not be all that is left for the other operations.
    const pool = server.pools[kind] ?? []
    server.pools[kind] = pool.filter((id) => !path.includes(id))
    if (isReadable) expect((await at('GET', path)).status, `${path} after its end`).toBe(404)
  }
}

function resolve(text: string): string {
  return text.replace(/@([\w-]+):(\d+)/g, (whole, kind: string, index: string) => {
    const pool = server.pools[kind] ?? []
    return pool[Number(index) % pool.length] ?? server.pools['missing']?.[0] ?? whole
  })
}

function bytesOf(body: Plan['body']): Buffer | undefined {
  if (body === undefined) return undefined
  if ('raw' in body) return body.raw
  const text = JSON.stringify(body.json)
  return Buffer.from(resolve(text ?? ''))
}

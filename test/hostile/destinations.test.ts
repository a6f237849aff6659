import { randomUUID } from 'node:crypto'
import { promises } from 'node:dns'
import { connect } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { type Canaries, openCanaries } from './canaries.ts'
import { type HostileUrl, hostileNames, hostileUrls } from './corpus-urls.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let canaries: Canaries
let sql: postgres.Sql
let own: { organisationId: string; key: string }
let corpus: HostileUrl[]
const warnings: { reason?: string }[] = []

beforeAll(async () => {
  canaries = await openCanaries()
  answerNames()
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (details: object) => warnings.push(details),
    error: () => undefined,
  }
  // The port of the canaries is open, so that their address alone keeps anybody out.
  server = await createTestPosthorn({
    allowHttp: true,
    allowedNetworks: [],
    allowedPorts: [80, 443, canaries.port],
    log,
  })
  sql = postgres(server.databaseUrl, { max: 1 })
  own = await server.createOrganisation()
  corpus = hostileUrls.map(({ url, refused }) => ({
    url: url.replaceAll('PORT', String(canaries.port)),
    refused,
  }))
})

afterAll(async () => {
  vi.restoreAllMocks()
  await sql?.end()
  await server?.close()
  await canaries?.close()
})

/** The name servers that this process asks know the hostile names, and nothing else. */
function answerNames(): void {
  const asked = new Map<string, number>()
  const answer = (name: string, family: number): Promise<string[]> => {
    const answers = hostileNames[name.replace(/\.$/, '')] ?? []
    const count = asked.get(name + family) ?? 0
    asked.set(name + family, count + 1)
    const all = answers[Math.min(count, answers.length - 1)] ?? []
    const found = all.filter((address) => address.includes(':') === (family === 6))
    if (found.length > 0) return Promise.resolve(found)
    return Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' }))
  }
  const { prototype } = promises.Resolver
  vi.spyOn(prototype, 'resolve4').mockImplementation(((name: string) => answer(name, 4)) as never)
  vi.spyOn(prototype, 'resolve6').mockImplementation(((name: string) => answer(name, 6)) as never)
}

/** Harmless, and tried once. */
const settings = { url: 'https://example.com/', retry: { scheduleSeconds: [] } }

const call = (method: string, path: string, body?: unknown) =>
  server.call(method, path, { key: own.key, body })

test('the corpus has more than 80 URLs, no two alike', () => {
  expect(new Set(hostileUrls.map(({ url }) => url)).size).toBe(hostileUrls.length)
  expect(hostileUrls.length).toBeGreaterThan(80)
})

test('the API turns away what its text betrays, alike by every door', async () => {
  const { body: known } = await call('POST', '/v1/subscriptions', settings)
  const doors: [string, string][] = [
    ['POST', '/v1/subscriptions'],
    ['PUT', '/v1/subscriptions/uid:hostile'],
    ['PATCH', `/v1/subscriptions/${known.id}`],
  ]
  for (const { url, refused } of corpus.filter((one) => one.refused)) {
    for (const [method, path] of doors) {
      const { status, body } = await call(method, path, { url })
      expect([status, body.errors?.[0]?.field], `${method} ${JSON.stringify(url)}`).toEqual([
        422,
        'url',
      ])
    }
    const check = await call('POST', '/v1/subscriptions/check-url', { url })
    const isAllowed = check.status === 200 && check.body.allowed
    expect(isAllowed, `check-url ${JSON.stringify(url)}`).toBe(!refused)
  }
})

test('a check of a name says no more than that it is not allowed', async () => {
  const [first, ...others] = await Promise.all([
    ...(await inTurn(Object.keys(hostileNames), async (name) => {
      const { body } = await call('POST', '/v1/subscriptions/check-url', {
        url: `http://${name}:${canaries.port}/`,
      })
      return JSON.stringify(body)
    })),
  ])
  expect(first).toContain('"allowed":false')
  expect(new Set(others)).toEqual(new Set([first]))
})

describe('put straight into the tables and delivered', () => {
  beforeAll(async () => {
    await server.posthorn.dispatcher.start()
    const rows = await inTurn(corpus, async ({ url }) => {
      const { body } = await call('POST', '/v1/subscriptions', settings)
      return { id: body.id, url }
    })
    await sql.begin(async (tx) => {
      await tx`update posthorn.subscription_revision set revision = revision + 1`
      await tx`
        update posthorn.subscriptions s
        set url = row.url, revision = (select revision from posthorn.subscription_revision)
        from jsonb_to_recordset(${sql.json(rows)}) as row (id uuid, url text)
        where s.id = row.id`
    })
  })

  test.each(['an event', 'a test event', 'a replay'])('%s reaches no canary', async (way) => {
    await begin(way)
    await vi.waitFor(
      async () => {
        const [left] = await sql`
          select (select count(*) from posthorn.delivery_queue)::int +
            (select count(*) from posthorn.domain_events where published_at is null)::int as count`
        expect(left?.['count']).toBe(0)
      },
      { timeout: 25_000, interval: 100 },
    )
    expect(canaries.seen()).toEqual([])
  })

  test('all were refused by the guard or found nothing, and no attempt tells an address', async () => {
    const attempts = await sql<{ url: string; outcome: string; error: string; text: string }[]>`
      select url, outcome, error, to_jsonb(a)::text as text from posthorn.delivery_attempts a
      where url <> 'https://example.com/' and url is not null`
    expect(attempts.length).toBeGreaterThan(80)
    const outcomes = new Set(attempts.map(({ outcome }) => outcome))
    expect([...outcomes].sort()).toEqual(expect.arrayContaining(['blocked_address']))
    expect(outcomes).not.toContain('succeeded')
    const names = attempts.filter(({ url }) => url.includes('.test'))
    const blocked = names.filter(({ outcome }) => outcome === 'blocked_address')
    expect(new Set(blocked.map(({ error }) => error)).size).toBe(1)
    for (const { text, url } of blocked.filter((one) => !one.url.includes('8.8.8.8')))
      expect(text.replaceAll(url, ''), url).not.toMatch(/127\.0\.0|169\.254|::1|8\.8\./)
  })

  test('the log of the operator tells where a name led', () => {
    const reasons = warnings.map(({ reason }) => reason)
    expect(reasons).toContain('Requests to 127.0.0.1 are not allowed')
    expect(reasons).toContain('Requests to 169.254.169.254 are not allowed')
  })
})

test('a webhook that comes to our own API makes nothing of itself', async () => {
  const [subscription] = await sql<{ id: string }[]>`select id from posthorn.subscriptions limit 1`
  const webhook = { ...issueEvent(), id: randomUUID(), type: 'IssueUpdated', timestamp: null }
  for (const path of [
    '/v1/events',
    '/v1/events/batch',
    `/v1/subscriptions/${subscription?.id}/test`,
  ])
    expect((await call('POST', path, webhook)).status, path).toBe(422)
})

test('the canaries sing', async () => {
  const socket = connect(canaries.port, '127.0.0.1')
  await new Promise((resolve) => socket.once('end', resolve).resume())
  socket.destroy()
  expect(canaries.seen()).toEqual(['127.0.0.1'])
})

async function begin(way: string): Promise<void> {
  if (way === 'an event') {
    await call('POST', '/v1/events', issueEvent({ entityId: randomUUID() }))
  } else if (way === 'a test event') {
    const ids = await sql<{ id: string }[]>`
      select id from posthorn.subscriptions where url like '%.test:%'`
    const answers = await Promise.all(
      ids.map(({ id }) => call('POST', `/v1/subscriptions/${id}/test`, {})),
    )
    expect(answers.map(({ status }) => status)).toContain(202)
  } else {
    const { body } = await call('GET', '/v1/deliveries?outcome=blocked_address&limit=100')
    const deliveryIds = body.data.map((one: { id: string }) => one.id)
    const { status } = await call('POST', '/v1/replays', { deliveryIds })
    expect(status).toBe(202)
  }
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await run(item))
  return results
}

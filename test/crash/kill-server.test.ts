import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'

/*
 * What breaks if this fails: an accepted event can be lost when a server dies. POSTHORN_CRASH_EVENTS=10000 makes it the
 * full proof: 10,000 events, 3 subscriptions, 30,000 deliveries.
 */
const eventCount = Number(process.env['POSTHORN_CRASH_EVENTS'] ?? 1500)
const apiKey = `ph_${'a'.repeat(12)}_${'b'.repeat(43)}`
const organisationId = randomUUID()
/** Requests that may be under way, or answered but not yet written, when the server dies. */
const inFlightMax = 512 + 1000

let database: Awaited<ReturnType<typeof createTestDatabase>>
const children: ChildProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await database.drop()
})

test('a server killed twice in the middle of its work loses no accepted event and repeats at most what was in flight', {
  timeout: 300_000,
}, async () => {
  const receiver = await start('test/crash/ledger-receiver.ts', {}, /^(\d+)$/)
  const receiverUrl = `http://127.0.0.1:${receiver.line[1]}`
  let server = await startServer()
  for (const path of ['/a', '/b', '/c']) {
    const subscription = await call<{ secret: string }>(server.url, '/v1/subscriptions', {
      organisationId,
      url: receiverUrl + path,
    })
    await fetch(receiverUrl + path, { method: 'PUT', body: subscription.secret })
  }

  const accepted: string[] = []
  let kills = 0
  for (let posted = 0; posted < eventCount; posted += 100) {
    accepted.push(...(await postSafely(() => server.url)))
    if (posted >= ((kills + 1) * eventCount) / 3 && kills < 2) {
      kills++
      const exited = new Promise((resolve) => server.process.once('exit', resolve))
      server.process.kill('SIGKILL')
      await exited
      server = await startServer()
    }
  }
  expect(kills).toBe(2)
  expect(accepted).toHaveLength(eventCount)

  const expected = eventCount * 3
  const ledger = await untilComplete(receiverUrl, expected)
  await untilNothingPending(server.url)
  const wanted = new Set(
    ['/a', '/b', '/c'].flatMap((path) => accepted.map((id) => `${path} ${id}`)),
  )
  expect(new Set(ledger.received.map(([key]) => key))).toEqual(wanted)
  expect(ledger.mismatches).toBe(0)
  const duplicates = ledger.received.reduce((sum, [, times]) => sum + times - 1, 0)
  expect(duplicates).toBeLessThanOrEqual(kills * inFlightMax)
  expect(await countRecorded(server.url)).toEqual({ succeeded: expected, failed: 0, pending: 0 })
  process.stdout.write(`${expected} deliveries, 2 kills, 0 lost, ${duplicates} repeated\n`)

  server.process.kill('SIGTERM')
  const code = await new Promise((resolve) => server.process.once('exit', resolve))
  expect(code).toBe(0)
})

/** As a producer does: the same ids again until they are accepted. */
async function postSafely(url: () => string): Promise<string[]> {
  const events = Array.from({ length: 100 }, () => ({
    id: uuidV7(),
    organisationId,
    entityType: 'Issue',
    entityId: randomUUID(),
    eventType: 'IssueNoteAdded',
    data: { noteId: randomUUID(), text: 'Called the vendor.' },
  }))
  for (;;) {
    try {
      const { results } = await call<{ results: { status: string }[] }>(url(), '/v1/events/batch', {
        events,
      })
      if (results.every((result) => result.status !== 'rejected'))
        return events.map((event) => event.id)
      throw new Error(JSON.stringify(results.find((result) => result.status === 'rejected')))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      await sleep(50)
    }
  }
}

function uuidV7(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

async function startServer(): Promise<{ process: ChildProcess; url: string }> {
  const { process: child, line } = await start(
    'server/main.ts',
    {
      PORT: '0',
      DATABASE_URL: database.url,
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
      POSTHORN_ALLOW_HTTP: 'true',
      POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
      POSTHORN_RETENTION_EVENTS_DAYS: '3',
      POSTHORN_RETENTION_DELIVERIES_DAYS: '3',
      POSTHORN_LOG_LEVEL: 'error',
    },
    /^Posthorn\s+(http\S+)/,
  )
  return { process: child, url: line[1] ?? '' }
}

async function start(path: string, env: Record<string, string>, expected: RegExp) {
  const child = spawn(process.execPath, ['--conditions=posthorn-source', path], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  for await (const text of createInterface({ input: child.stdout })) {
    const line = text.match(expected)
    if (!line) continue
    child.stdout.resume()
    return { process: child, line }
  }
  throw new Error(`${path} ended before it was ready`)
}

async function call<T>(url: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

interface Ledger {
  received: [string, number][]
  mismatches: number
}

async function untilComplete(receiverUrl: string, expected: number): Promise<Ledger> {
  for (;;) {
    const ledger = (await (await fetch(receiverUrl)).json()) as Ledger
    if (ledger.received.length >= expected) return ledger
    await sleep(100)
  }
}

async function untilNothingPending(url: string): Promise<void> {
  const path = `/v1/deliveries?organisationId=${organisationId}&status=pending&limit=1`
  while ((await call<{ data: unknown[] }>(url, path)).data.length > 0) await sleep(50)
}

async function countRecorded(url: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = { succeeded: 0, failed: 0, pending: 0 }
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { data: { status: string }[]; nextCursor: string | null } = await call(
      url,
      `/v1/deliveries?organisationId=${organisationId}&limit=250${cursor && `&cursor=${cursor}`}`,
    )
    for (const { status } of page.data) counts[status] = (counts[status] ?? 0) + 1
    cursor = page.nextCursor
  }
  return counts
}

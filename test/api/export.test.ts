import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../server/context.ts'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { exportDeliveries } from '../../server/deliveries/export-deliveries.ts'
import { commonErrors } from '../../server/kernel/errors.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { testCaller } from '../support/caller.ts'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'
import { type SeededLog, seedLog } from '../support/seed-log.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let log: SeededLog
let api: Database

beforeAll(async () => {
  server = await createTestPosthorn()
  log = await seedLog(server.databaseUrl)
  api = connectDatabase({
    url: server.databaseUrl,
    schema: 'posthorn',
    applicationName: 'export test',
    maxConnections: 1,
    log: silentLogger,
  })
})

afterAll(async () => {
  await api.close()
  await server.close()
})

async function download(query: string) {
  const request = new Request(`http://posthorn.test/v1/deliveries/export?${query}`, {
    headers: { authorization: `Bearer ${platformKey}` },
  })
  const response = await server.posthorn.fetch(request)
  return { headers: response.headers, text: await response.text() }
}

interface Line {
  id: string
  incomplete?: { code: string; nextCursor: string }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
const ids = () => log.deliveries.map((one) => one.id)

test('NDJSON has each delivery as the list shows it', async () => {
  const { headers, text } = await download(`organisationId=${log.organisationIds[0]}`)
  expect(headers.get('content-type')).toBe('application/x-ndjson')
  expect(headers.get('content-disposition')).toMatch(
    /^attachment; filename="deliveries-.*\.ndjson"$/,
  )
  const list = await server.call(
    'GET',
    `/v1/deliveries?limit=250&organisationId=${log.organisationIds[0]}`,
  )
  expect(linesOf(text)).toEqual(list.body.data)
})

test('CSV has a header, a record per delivery, and no cell that a spreadsheet would run', async () => {
  const sql = postgres(server.databaseUrl, { max: 1 })
  const victim = log.deliveries.find((one) => one.status === 'failed')?.id as string
  const hostile = '=cmd|\'/c calc\'!A1,"x"\r\n@next'
  await sql`update posthorn.deliveries set last_error = ${hostile} where id = ${victim}`
  await sql.end()
  const { headers, text } = await download('format=csv&status=failed,succeeded')
  expect(headers.get('content-type')).toMatch(/^text\/csv/)
  const [head, first] = text.split('\r\n')
  expect(head).toMatch(/^id,organisationId,eventId,.*,lastStatusCode,lastError,lastOutcome,/)
  const finished = log.deliveries.filter((one) => ['failed', 'succeeded'].includes(one.status))
  expect(first).toContain(finished[0]?.id)
  expect(text).toContain(`,"'=cmd|'/c calc'!A1,""x""\r\n@next",`)
  expect([...text.matchAll(/^[0-9a-f-]{36},/gm)]).toHaveLength(finished.length)
})

const contextWith = (database: Database) =>
  ({
    config: { retentionDays: { events: 3, deliveries: 3 } },
    log: silentLogger,
    database: { api: database },
  }) as unknown as Context

async function read(file: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of file) text += decoder.decode(piece, { stream: true })
  return text
}

test('stops at its limit and says where to go on; what follows there completes it', async () => {
  const part = { format: 'ndjson', rowsMax: 100 } as const
  const first = linesOf(
    await read(await exportDeliveries(contextWith(api), testCaller, 'platform', {}, part)),
  )
  const { incomplete } = first.at(-1) as Line
  expect(first).toHaveLength(101)
  expect(incomplete?.code).toBe('export_rows_max')
  const { text } = await download(`cursor=${incomplete?.nextCursor}`)
  const rest = linesOf(text)
  expect([...first.slice(0, -1), ...rest].map(({ id }) => id)).toEqual(ids())
})

/** Works so often, then is gone. */
function failingAfter(transactions: number): { database: Database; used: () => number } {
  let used = 0
  const transaction: Database['transaction'] = (work) => {
    used++
    return used > transactions
      ? Promise.reject(commonErrors.database_unavailable())
      : api.transaction(work)
  }
  return { database: { ...api, transaction }, used: () => used }
}

test('ends with a line that says so when the database goes away, and fails as a request before that', async () => {
  for (const format of ['ndjson', 'csv'] as const) {
    const { database } = failingAfter(1)
    const file = exportDeliveries(
      contextWith(database),
      testCaller,
      'platform',
      {},
      { format, pageRows: 50 },
    )
    const text = await read(await file)
    const last = text.trimEnd().split('\n').at(-1) ?? ''
    expect(last).toMatch(
      format === 'csv'
        ? /^#incomplete,database_unavailable,[\w-]{22}$/
        : /^\{"incomplete":\{"code":"database_unavailable","nextCursor":"[\w-]{22}"\}\}$/,
    )
    expect([...text.matchAll(/"?[0-9a-f]{8}-[0-9a-f-]{27}/g)].length).toBeGreaterThan(50)
  }
  const gone = exportDeliveries(
    contextWith(failingAfter(0).database),
    testCaller,
    'platform',
    {},
    { format: 'csv' },
  )
  await expect(gone).rejects.toMatchObject({ code: 'database_unavailable' })
})

test('reads no further when its reader goes away', async () => {
  const { database, used } = failingAfter(1000)
  const request = { format: 'ndjson', pageRows: 20 } as const
  const file = await exportDeliveries(contextWith(database), testCaller, 'platform', {}, request)
  const stream = ReadableStream.from(file)
  const reader = stream.getReader()
  await reader.read()
  await reader.cancel()
  const before = used()
  expect(await file.next()).toEqual({ done: true, value: undefined })
  expect(used()).toBe(before)
  expect(before * 20).toBeLessThan(ids().length)
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '../server/embedded-postgres/index.ts'
import { createPosthorn } from '../server/index.ts'
import { timeOfId } from '../server/kernel/ids.ts'
import { silentLogger } from '../server/kernel/logger.ts'
import { encryptionKey } from './encryption-key.ts'
import { fillLog, type LogSize } from './fill-log.ts'

export interface ReadFigure {
  name: string
  /** Milliseconds. */
  p50: number
  p95: number
  /** Rows, or what was counted. */
  found: number
}

const apiKey = `ph_${'B'.repeat(12)}_${'r'.repeat(43)}`

export interface ReadSideOptions {
  size: LogSize
  /** How often each kind of request is made. @default 20 */
  rounds?: number
  /** Kept, and not filled again when it is there already. @default a temporary one */
  dataDir?: string | undefined
  /** Told each figure as it comes. */
  report?: (figure: ReadFigure) => void
}

/** Fills a log and measures each kind of reading it, through the API. The target is 150 ms at p95. */
export async function run(options: ReadSideOptions): Promise<ReadFigure[]> {
  const { size, rounds = 20, report } = options
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'posthorn-read-side-')))
  const settings = { fsync: 'off', full_page_writes: 'off', max_wal_size: '4GB' }
  const server = await startEmbeddedPostgres({ dataDir, log: silentLogger, settings })
  const posthorn = createPosthorn({
    log: {
      ...silentLogger,
      error: (...parts: unknown[]) => console.error(...parts),
    } as typeof silentLogger,
    database: server.url,
    encryptionKeys: [encryptionKey],
    bootstrapApiKey: apiKey,
    consoleDir: false,
  })
  try {
    await posthorn.migrate()
    await posthorn.ensureApiKey()
    const sql = postgres(server.url, {
      max: 1,
      onnotice: () => undefined,
      connection: { search_path: 'posthorn', synchronous_commit: 'off' },
    })
    const [filled] = await sql`select from delivery_queue limit 1`
    if (!filled) await fillLog(sql, size, Date.now())
    const [newest] = await sql`select id from deliveries order by id desc limit 1`
    const kinds = await queriesOf(sql, timeOfId(newest?.['id']))
    await sql.end()
    const figures: ReadFigure[] = []
    for (const [name, path] of Object.entries(kinds)) {
      const figure = await measure(name, path)
      figures.push(figure)
      report?.(figure)
    }
    return figures
  } finally {
    await posthorn.close()
    await server.stop()
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
  }

  async function measure(name: string, path: (round: number) => string): Promise<ReadFigure> {
    const timesMs: number[] = []
    let found = 0
    for (let round = -2; round < rounds; round++) {
      const startedMs = performance.now()
      const response = await posthorn.fetch(
        new Request(`http://posthorn.test${path(Math.max(0, round))}`, {
          headers: { authorization: `Bearer ${apiKey}` },
        }),
      )
      const body = (await response.json()) as { data?: unknown[]; count?: number; code?: string }
      if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`)
      // The first two are to warm up.
      if (round >= 0) timesMs.push(performance.now() - startedMs)
      found = body.count ?? body.data?.length ?? 0
    }
    timesMs.sort((a, b) => a - b)
    const quantile = (q: number) =>
      timesMs[Math.min(timesMs.length - 1, Math.floor(timesMs.length * q))] ?? 0
    return { name, p50: quantile(0.5), p95: quantile(0.95), found }
  }
}

type Kinds = Record<string, (round: number) => string>

async function queriesOf(sql: postgres.Sql, nowMs: number): Promise<Kinds> {
  const one = async (expression: string): Promise<string> =>
    String((await sql.unsafe(`select ${expression} as value`))[0]?.['value'])
  const big = await one('bench_organisation_id(0)')
  const small = await one('bench_organisation_id(77)')
  const entity = await one('bench_entity_id(0, 30)')
  const correlation = await one("bench_id(1, 'correlation' || 100)")
  const event = await one('(select event_id from deliveries order by id desc offset 500 limit 1)')
  const subscriptions = {
    'of the big organisation': await one('bench_subscription_id(0, 1)'),
    'with 800 k waiting': await one('bench_subscription_id(0, 2)'),
    'of a small organisation': await one('bench_subscription_id(77, 3)'),
    'of the platform': await one('bench_subscription_id(0, 0)'),
  }
  const daysAgo = (days: number) => new Date(nowMs - days * 86_400_000).toISOString()
  const back = (round: number) => `until=${daysAgo(1 + round)}`
  const kinds: Kinds = {}
  const whose = {
    platform: '',
    'big org': `organisationId=${big}&`,
    'small org': `organisationId=${small}&`,
  }
  const filters: Record<string, (round: number) => string> = {
    all: () => '',
    'all, deep in the past': back,
    pending: () => 'status=pending',
    failed: () => 'status=failed',
    'failed, deep in the past': (round) => `status=failed&${back(round)}`,
    succeeded: () => 'status=succeeded',
    '5xx': () => 'statusCode=5xx',
    'outcome timeout': () => 'outcome=timeout',
    'a frequent event type': () => 'eventType=IssueClosed',
    'a rare event type': () => 'eventType=Rare*',
    'a rare event type, in the past': (round) => `eventType=Rare*&${back(round)}`,
    'what nothing matches': () => 'trigger=test',
  }
  for (const [name, prefix] of Object.entries(whose)) {
    for (const [filter, query] of Object.entries(filters)) {
      kinds[`list, ${name}: ${filter}`] = (round) => `/v1/deliveries?${prefix}${query(round)}`
    }
  }
  for (const [name, id] of Object.entries(subscriptions)) {
    kinds[`list, subscription ${name}`] = () => `/v1/deliveries?subscriptionId=${id}`
    kinds[`list, subscription ${name}: failed`] = () =>
      `/v1/deliveries?subscriptionId=${id}&status=failed`
    kinds[`list, subscription ${name}: pending`] = () =>
      `/v1/deliveries?subscriptionId=${id}&status=pending`
  }
  const seen = `organisationId=${big}&subscriptionId=${subscriptions['of the platform']}`
  kinds["list, big org: the platform's subscription"] = () => `/v1/deliveries?${seen}`
  kinds['list, big org: one entity'] = () =>
    `/v1/deliveries?organisationId=${big}&entityId=${entity}`
  kinds['list, platform: one entity'] = () => `/v1/deliveries?entityId=${entity}`
  kinds['list, platform: one event'] = () => `/v1/deliveries?eventId=${event}`
  for (const summary of ['count', 'facets', 'failures', 'histogram']) {
    for (const [name, prefix] of Object.entries(whose)) {
      kinds[`${summary}, ${name}`] = () => `/v1/deliveries/${summary}?${prefix}`
    }
    kinds[`${summary}, big org: 5xx`] = () =>
      `/v1/deliveries/${summary}?organisationId=${big}&statusCode=5xx`
    kinds[`${summary}, big org: pending`] = () =>
      `/v1/deliveries/${summary}?organisationId=${big}&status=pending`
    kinds[`${summary}, platform: a rare event type`] = () =>
      `/v1/deliveries/${summary}?eventType=Rare*`
    kinds[`${summary}, subscription with 800 k waiting`] = () =>
      `/v1/deliveries/${summary}?subscriptionId=${subscriptions['with 800 k waiting']}`
  }
  const events: Record<string, string> = {
    all: '',
    'one entity': `entityType=Issue&entityId=${entity}`,
    'one correlation id': `correlationId=${correlation}`,
    'a rare event type': 'eventType=RareThing',
    'what nothing matches': 'entityType=Nothing',
  }
  for (const [name, query] of Object.entries(events)) {
    kinds[`events, big org: ${name}`] = () => `/v1/events?organisationId=${big}&${query}`
  }
  kinds['events, big org: with what became of them'] = () =>
    `/v1/events?organisationId=${big}&include=deliveries`
  for (const page of ['stats/queue', 'stats/deliveries', 'stats/event-types', 'subscriptions']) {
    kinds[`${page}, big org`] = () => `/v1/${page}?organisationId=${big}`
  }
  for (const page of ['stats/queue', 'stats/organisations', 'organisations', 'audit', 'system']) {
    kinds[`${page}, platform`] = () => `/v1/${page}`
  }
  return kinds
}

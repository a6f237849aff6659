import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import postgres from 'postgres'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import type { Mode } from './ledger.ts'
import type { Subscription } from './observation.ts'
import { poll } from './poll.ts'
import type { PostgresCluster } from './postgres-cluster.ts'
import { type Program, startProgram } from './program.ts'
import { type Publisher, type PublisherOptions, startPublisher } from './publisher.ts'
import { type LedgerReceiver, startLedgerReceiver } from './receiver.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

export type Role = 'all' | 'api' | 'dispatcher'

/** A server process, by its role. */
export interface Server extends Program {
  role: Role
  url: string
}

export interface WorldOptions {
  roles: readonly Role[]
  organisations: number
  /** Of each organisation. @default 1 */
  subscriptions?: number
  /** @default [1, 1, 2, 2, 2, 2, 2, 2] */
  scheduleSeconds?: readonly number[]
  /** Puts a proxy before Postgres and one before the receiver. */
  proxies?: boolean
  mode?: Mode
}

/** Servers, receiver and database of one scenario. */
export interface World {
  random: SeededRandom
  cluster: PostgresCluster
  receiver: LedgerReceiver
  /** Straight to the database, as superuser. */
  sql: postgres.Sql
  organisationIds: readonly string[]
  subscriptions: Subscription[]
  scheduleSeconds: readonly number[]
  proxies: { postgres: TcpProxy; receiver: TcpProxy } | undefined
  /** Every server that was ever started, the dead ones too. */
  servers: Server[]
  start(role: Role, options?: StartOptions): Promise<Server>
  /** Those that run. */
  running(role?: Role): Server[]
  call<T>(path: string, options?: CallOptions): Promise<{ status: number; body: T }>
  subscribe(options: SubscribeOptions): Promise<Subscription>
  publish(options: Partial<PublisherOptions>): Publisher
  close(): Promise<void>
}

export interface StartOptions {
  env?: Record<string, string>
  imports?: readonly string[]
}

export interface SubscribeOptions {
  organisationId: string
  mode?: Mode
  /** What else to say in `POST /v1/subscriptions`. */
  settings?: Record<string, unknown>
}

export interface CallOptions {
  method?: string
  body?: unknown
  apiKey?: string
}

const apiKey = `ph_${'f'.repeat(12)}_${'F'.repeat(43)}`
const encryptionKey = `k1:${randomBytes(32).toString('base64')}`
const defaultSchedule = [1, 1, 2, 2, 2, 2, 2, 2]

export async function createWorld(
  cluster: PostgresCluster,
  seed: number,
  options: WorldOptions,
): Promise<World> {
  const random = seededRandom(seed)
  const scheduleSeconds = options.scheduleSeconds ?? defaultSchedule
  const directUrl = await cluster.create(`faults_${randomUUID().slice(0, 8)}`)
  const receiver = await startLedgerReceiver(seed)
  const proxies = options.proxies
    ? {
        postgres: await startTcpProxy({ targetPort: cluster.port }),
        receiver: await startTcpProxy({ targetPort: receiver.port }),
      }
    : undefined
  const serverUrl = new URL(directUrl)
  if (proxies) serverUrl.port = String(proxies.postgres.port)
  const sql = postgres(directUrl, {
    max: 2,
    connection: { search_path: 'posthorn' },
    transform: postgres.camel,
    onnotice: () => undefined,
  })
  const servers: Server[] = []
  let isClosed = false
  const subscriptions: Subscription[] = []

  async function start(role: Role, { env = {}, imports = [] }: StartOptions = {}): Promise<Server> {
    const program = await startProgram({
      name: `${role} ${servers.length + 1}`,
      path: 'server/cli/main.ts',
      args: ['start', '--role', role],
      imports,
      env: {
        PORT: '0',
        DATABASE_URL: serverUrl.href,
        POSTHORN_BOOTSTRAP_API_KEY: apiKey,
        POSTHORN_ENCRYPTION_KEYS: encryptionKey,
        POSTHORN_ALLOW_HTTP: 'true',
        POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
        POSTHORN_RETENTION_EVENTS_DAYS: '3',
        POSTHORN_RETENTION_DELIVERIES_DAYS: '3',
        POSTHORN_RETRY_SCHEDULE_SECONDS: scheduleSeconds.join(','),
        POSTHORN_LOG_LEVEL: 'warn',
        ...env,
      },
      ready: /^Posthorn\s+(http\S+)/,
    })
    const server = { ...program, role, url: program.line[1] ?? '' }
    servers.push(server)
    // Whoever wanted it has failed meanwhile.
    if (isClosed) await server.end('SIGKILL')
    return server
  }

  const running = (role?: Role) =>
    servers.filter((server) => server.exit() === null && (!role || server.role === role))

  function apiUrl(): string {
    const urls = running().filter(({ role }) => role !== 'dispatcher')
    // Nobody listens on this one: as if the load balancer had no backend.
    return urls.length === 0 ? 'http://127.0.0.1:9' : random.pick(urls).url
  }

  async function call<T>(path: string, { method, body, apiKey: key = apiKey }: CallOptions = {}) {
    const response = await fetch(apiUrl() + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as T }
  }

  async function subscribe({ organisationId, mode, settings }: SubscribeOptions) {
    const path = `/hooks/${subscriptions.length + 1}`
    const port = proxies?.receiver.port ?? receiver.port
    const url = `http://127.0.0.1:${port}${path}`
    const { body } = await call<{ id: string; secret: string }>('/v1/subscriptions', {
      body: { organisationId, url, ...settings },
    })
    await receiver.set(path, { secret: body.secret, ...(mode ? { mode } : {}) })
    const subscription = { id: body.id, organisationId, path }
    subscriptions.push(subscription)
    return subscription
  }

  async function close(): Promise<void> {
    isClosed = true
    await Promise.all(servers.map((server) => server.end('SIGKILL')))
    await receiver.program.end('SIGKILL')
    await sql.end({ timeout: 1 })
    await proxies?.postgres.close()
    await proxies?.receiver.close()
  }

  async function populate(): Promise<void> {
    // The first one migrates; the others find it done.
    const [first = 'all', ...others] = options.roles
    await start(first)
    await Promise.all(others.map((role) => start(role)))
    for (const organisationId of organisationIds) {
      for (let count = 0; count < (options.subscriptions ?? 1); count++)
        await subscribe({ organisationId, ...(options.mode ? { mode: options.mode } : {}) })
    }
    if (options.roles.some((role) => role !== 'api')) await untilOwned(sql)
  }

  const organisationIds = Array.from({ length: options.organisations }, (_, index) =>
    organisationIn(Math.floor((index * 64) / options.organisations)),
  )
  await populate().catch(async (error: unknown) => {
    await close()
    throw error
  })

  return {
    random,
    cluster,
    receiver,
    sql,
    organisationIds,
    subscriptions,
    scheduleSeconds,
    proxies,
    servers,
    start,
    running,
    call,
    subscribe,
    publish: (settings) =>
      startPublisher({
        url: apiUrl,
        apiKey,
        organisationIds,
        clients: 4,
        batch: 10,
        ...settings,
      }),
    close,
  }
}

/** An organisation whose work lies in this bucket, so that all dispatchers have some. */
export function organisationIn(bucket: number): string {
  return randomUUID().slice(0, -2) + bucket.toString(16).padStart(2, '0')
}

/** Resident memory of a process that runs, in MiB. */
export async function rssMibOf(server: Server): Promise<number | null> {
  if (server.exit() !== null) return null
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '')
  const kib = /VmRSS:\s+(\d+)/.exec(status)?.[1]
  return kib === undefined ? null : Math.round(Number(kib) / 1024)
}

/** Resolves when every bucket has an owner that lives, and each of them its fair share. */
export async function untilOwned(sql: postgres.Sql): Promise<void> {
  await poll('a fair share of buckets for every dispatcher', 30_000, async () => {
    const shares = await sql<{ size: number }[]>`
      select count(b.bucket)::int as size
      from dispatchers d left join buckets b on b.owner = d.id where d.lease_until > now() group by d.id`
    const owned = shares.reduce((sum, { size }) => sum + size, 0)
    return owned === 64 && shares.every(({ size }) => size <= Math.ceil(64 / shares.length))
  })
}

import type { DatabaseUrl } from './database/database-url.ts'
import { type HostDatabase, readHostDatabase } from './database/host-database.ts'
import {
  type ConnectionShares,
  connectionsDefault,
  connectionsMin,
  shareConnections,
} from './database/share-connections.ts'
import {
  type DestinationOptions,
  type DestinationPolicy,
  resolvePolicy,
} from './kernel/destination-policy.ts'
import { resolveKeyring } from './kernel/encryption-keys.ts'
import { commonErrors, type FieldIssue, PosthornError } from './kernel/errors.ts'
import { type JwtConfig, type JwtOptions, resolveJwt } from './kernel/jwt-config.ts'
import type { Keyring } from './kernel/keyring.ts'
import {
  type LimitConfig,
  type QuotaOptions,
  type RateLimitOptions,
  resolveLimits,
} from './kernel/limit-config.ts'
import { type Logger, silentLogger } from './kernel/logger.ts'
import { isOrigin, originFix } from './kernel/origin.ts'

/** What `createPosthorn` is told. Every field but `database` has a default. */
export interface PosthornOptions extends DestinationOptions {
  /**
   * The database that holds Posthorn's schema: its `postgres://…` URL, or what the host connects to it with (a postgres.js
   * `sql`, a `pg` Pool or Client, or drizzle over one of them). Posthorn reads from it where and as whom to connect, opens
   * connections of its own, and neither uses nor ends those of the host.
   */
  database: string | HostDatabase
  /** Connections that this Posthorn opens at most, over all its pools. @default 18, and 5 at least */
  connectionsMax?: number
  /** Path that the host mounts `fetch` and `node` under, such as `/webhooks`; `app` is mounted by Hono. @default '' */
  basePath?: string
  /** Postgres schema of Posthorn's tables. @default 'posthorn' */
  schema?: string
  /** Days after which events, finished deliveries with their attempts, and audit entries are dropped. @default 90, 30 and 400 */
  retentionDays?: { events?: number; deliveries?: number; audit?: number }
  /** Reverse proxies before the API that append to `X-Forwarded-For`; false believes the socket. @default false */
  trustProxy?: number | false
  /** What one credential may ask of one process in a minute. */
  rateLimits?: RateLimitOptions
  /** What one organisation may have, unless it was given quotas of its own. */
  quotas?: QuotaOptions
  /** How the dispatcher behaves, when it is started. */
  dispatcher?: DispatcherOptions
  /** A platform API key (`ph_…`) to create when it does not exist: for automation. */
  bootstrapApiKey?: string
  /** Accepts JSON Web Tokens of the host. @default none are */
  jwt?: JwtOptions
  /** Origins whose pages may call the API: `https://app.example.com`. @default only the server's own */
  corsOrigins?: readonly string[]
  /** Folder of the built console; `false` serves none. @default the console that comes with the package */
  consoleDir?: string | false
  /** How the console is served. */
  console?: {
    /** Origins whose pages may hold the console in a frame; `self` is our own. @default none */
    frameAncestors?: readonly string[]
  }
  /**
   * Keys that signing secrets and headers are encrypted with in the database, each `id:base64` of 32 bytes; the first
   * encrypts, all decrypt. `posthorn encryption new-key` makes one. @default none, which `allowPlaintextSecrets` has to allow
   */
  encryptionKeys?: readonly string[]
  /** Lets secrets be stored as they are where there are no keys: for trying things out. @default false */
  allowPlaintextSecrets?: boolean
  /** pino or anything with its methods. @default silent */
  log?: Logger
}

export interface DispatcherOptions {
  /** Requests under way at once, over all subscriptions. @default 512 */
  concurrencyMax?: number
  /** Requests under way at once for one organisation. @default half of `concurrencyMax` */
  concurrencyPerOrganisationMax?: number
  /** Requests under way at once for one subscription. @default 128 */
  concurrencyPerSubscriptionMax?: number
  /** How long a bucket stays owned without a sign of life, milliseconds. @default 7000 */
  leaseMs?: number
  /** Pause between looks for events that were inserted by others, milliseconds. @default 40 */
  publishPollMs?: number
  /** Waits between attempts in seconds; a subscription may have its own. @default the schedule of docs */
  retryScheduleSeconds?: readonly number[]
  /** Nothing but failed attempts for so long disables a subscription, milliseconds; 0 never does. @default 432000000 */
  disableAfterMs?: number
  /** How long a subscription rests after its receiver failed ten times in a row, at first; milliseconds. @default 5000 */
  probeAfterMs?: number
  /** How long `stop()` lets requests finish, milliseconds. @default 30000 */
  drainMs?: number
}

/** The options with every default filled in. */
export interface Config extends DestinationPolicy {
  database: DatabaseUrl
  connections: ConnectionShares
  basePath: string
  schema: string
  retentionDays: { events: number; deliveries: number; audit: number }
  trustProxy: number | false
  limits: LimitConfig
  dispatcher: Required<DispatcherOptions>
  bootstrapApiKey: string | undefined
  jwt: JwtConfig | undefined
  corsOrigins: readonly string[]
  consoleDir: string | false | undefined
  /** Ready for a Content-Security-Policy. */
  frameAncestors: readonly string[]
  keyring: Keyring
  log: Logger
}

/** 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: the example schedule of Standard Webhooks. */
const standardRetrySchedule = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** What a Content-Security-Policy can name and a browser can send: a scheme, a host, perhaps a port. */
const frameAncestor = /^https?:\/\/(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*(:\d{1,5})?$/

/** Five days. */
const disableAfterMsDefault = 432_000_000

/** Fills in the defaults. @throws validation_failed listing every mistake, each with its fix. */
export function resolveOptions(options: PosthornOptions): Config {
  const issues: FieldIssue[] = []
  const schema = options.schema ?? 'posthorn'
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    issues.push({
      field: 'schema',
      message: `"${schema}" is not a plain Postgres name`,
      fix: 'Use lower-case letters, digits and underscores.',
    })
  }
  const database = resolveDatabase(options.database, issues)
  const connectionsMax = options.connectionsMax ?? connectionsDefault
  if (!Number.isInteger(connectionsMax) || connectionsMax < connectionsMin) {
    issues.push({
      field: 'connectionsMax',
      message: `${connectionsMax} is not a number of connections that is enough`,
      fix: `Use a whole number from ${connectionsMin}.`,
    })
  }
  const basePath = options.basePath ?? ''
  if (!/^(\/[\w.~-]+)*$/.test(basePath)) {
    issues.push({
      field: 'basePath',
      message: `"${basePath}" is not a path to mount under`,
      fix: "Begin with a slash and end without one: '/webhooks'. '' is the root.",
    })
  }
  const days = {
    events: options.retentionDays?.events ?? 90,
    deliveries: options.retentionDays?.deliveries ?? 30,
    audit: options.retentionDays?.audit ?? 400,
  }
  for (const [name, value] of Object.entries(days)) {
    if (!Number.isInteger(value) || value < 1 || value > 3650) {
      issues.push({
        field: `retentionDays.${name}`,
        message: `${value} is not a number of days`,
        fix: 'Use a whole number from 1 to 3650.',
      })
    }
  }
  const trustProxy = options.trustProxy ?? false
  if (trustProxy !== false && (!Number.isInteger(trustProxy) || trustProxy < 1)) {
    issues.push({
      field: 'trustProxy',
      message: `${trustProxy} is not a number of proxies`,
      fix: 'Use how many proxies a request passes, such as 1, or false.',
    })
  }
  const disableAfterMs = options.dispatcher?.disableAfterMs ?? disableAfterMsDefault
  if (!Number.isInteger(disableAfterMs) || disableAfterMs < 0) {
    issues.push({
      field: 'dispatcher.disableAfterMs',
      message: `${disableAfterMs} is not a number of milliseconds`,
      fix: 'Use a whole number: 432000000 for five days, 0 for never.',
    })
  }
  const frameAncestors = options.console?.frameAncestors ?? []
  for (const ancestor of frameAncestors) {
    if (ancestor === 'self' || frameAncestor.test(ancestor)) continue
    issues.push({
      field: 'console.frameAncestors',
      message: `${JSON.stringify(ancestor)} is not an origin`,
      fix: 'Use https://app.example.com, https://*.example.com or self.',
    })
  }
  const policy = resolvePolicy(options, issues)
  const corsOrigins = options.corsOrigins ?? []
  for (const text of corsOrigins.filter((origin) => !isOrigin(origin))) {
    issues.push({ field: 'corsOrigins', message: `"${text}" is not an origin`, fix: originFix })
  }
  const keyring = resolveKeyring(options, issues)
  const jwt = options.jwt && resolveJwt(options.jwt, issues)
  const limits = resolveLimits(options, issues)
  if (issues.length > 0) {
    throw commonErrors.validation_failed({
      detail: issues.map((issue) => `${issue.field}: ${issue.message}. ${issue.fix}`).join('\n'),
      issues,
    })
  }
  return {
    database,
    connections: shareConnections(connectionsMax),
    basePath,
    schema,
    ...policy,
    retentionDays: days,
    trustProxy,
    limits,
    dispatcher: {
      concurrencyMax: 512,
      concurrencyPerOrganisationMax: Math.ceil((options.dispatcher?.concurrencyMax ?? 512) / 2),
      concurrencyPerSubscriptionMax: 128,
      leaseMs: 7000,
      publishPollMs: 40,
      retryScheduleSeconds: standardRetrySchedule,
      probeAfterMs: 5000,
      drainMs: 30_000,
      ...options.dispatcher,
      disableAfterMs,
    },
    bootstrapApiKey: options.bootstrapApiKey,
    jwt,
    corsOrigins,
    consoleDir: options.consoleDir,
    frameAncestors: frameAncestors.map((ancestor) => (ancestor === 'self' ? "'self'" : ancestor)),
    keyring,
    log: options.log ?? silentLogger,
  }
}

function resolveDatabase(database: unknown, issues: FieldIssue[]): DatabaseUrl {
  try {
    return readHostDatabase(database)
  } catch (error) {
    if (!(error instanceof PosthornError)) throw error
    issues.push(...(error.issues ?? []))
    return ''
  }
}

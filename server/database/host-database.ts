import { commonErrors, type PosthornError } from '../kernel/errors.ts'
import type { DatabaseUrl, UrlParts } from './database-url.ts'

/**
 * What a host has: a postgres.js `sql`, a `pg` Pool or Client, or a drizzle database over one of them. Told by what is
 * read of it, so that any version of its library will do. It is read once, never used and never ended.
 */
export type HostDatabase = PostgresJs | PgPool | PgClient | Drizzle

interface PostgresJs {
  readonly options: { host: string[]; port: number[] }
}

interface PgPool {
  readonly options: object
  readonly totalCount: number
}

interface PgClient {
  readonly host: string
  readonly port: number
  readonly query: unknown
}

interface Drizzle {
  readonly $client: object
}

const accepted =
  'Pass its postgres:// URL, a postgres.js sql, a pg Pool or Client, or a drizzle database over one of them.'

/**
 * Where and as whom the host connects.
 * @throws validation_failed with why this cannot be known, and the fix
 */
export function readHostDatabase(database: unknown): DatabaseUrl {
  if (typeof database === 'string') {
    if (/^postgres(ql)?:\/\//.test(database)) return database
    throw refusal('is not a postgres:// URL', 'Pass postgres://user:password@host:5432/database.')
  }
  const { $client, connectionParameters, options, Client, savepoint, $transaction } =
    Object(database)
  if ($client) return readHostDatabase($client)
  if (typeof database === 'function' && Array.isArray(options?.host)) return readPostgresJs(options)
  if (connectionParameters) return readPg(connectionParameters)
  if (typeof Client === 'function' && options) {
    refuseOwnSocket(options.stream, 'stream')
    // As the pool makes them, and never connected: it knows the defaults and the environment of its version.
    return readPg(new Client(options).connectionParameters)
  }
  if (savepoint) throw refusal('is a transaction, which ends', accepted)
  if ($transaction) {
    throw refusal(
      'is a Prisma client, which does not say where it connects',
      'Pass the URL, or the pg Pool, that its adapter was given.',
    )
  }
  throw refusal('is nothing that Posthorn can connect by', accepted)
}

/** What postgres.js made of its options. */
interface PostgresJsOptions extends Pick<UrlParts, 'database' | 'user' | 'ssl'> {
  host: string[]
  port: number[]
  path: string | false
  pass: UrlParts['password']
  sslnegotiation?: string | null
  socket?: unknown
}

function readPostgresJs(options: PostgresJsOptions): UrlParts {
  const { host, port, path, database, user, pass, ssl, sslnegotiation } = options
  refuseOwnSocket(options.socket, 'socket')
  if (host.length > 1) {
    throw refusal(
      'connects to several hosts',
      'Pass the URL of one: the proxy or DNS name of the primary.',
    )
  }
  return {
    host: (path || host[0]) ?? 'localhost',
    ...{ port: port[0] ?? 5432, database, user, password: pass, ssl },
    sslnegotiation: sslnegotiation ?? undefined,
  }
}

/** What pg made of its options, its connection string and its environment. */
interface PgParameters {
  host: string
  port: number
  database: string
  user: string
  password: string | ((parameters: unknown) => unknown) | null
  ssl: UrlParts['ssl']
  sslnegotiation?: string
}

function readPg(parameters: PgParameters): UrlParts {
  const { host, port, database, user, password, ssl, sslnegotiation } = parameters
  return {
    ...{ host, port, database, user },
    password: typeof password === 'function' ? () => password(parameters) : (password ?? ''),
    // pg hides the key of a client certificate from whoever copies the object.
    ssl: typeof ssl === 'object' && 'key' in ssl ? { ...ssl, key: ssl.key } : ssl,
    sslnegotiation,
  }
}

function refuseOwnSocket(own: unknown, name: string): void {
  if (!own) return
  throw refusal(
    `opens its connections by a function of its own (${name}), which cannot be shared`,
    'Pass a URL.',
  )
}

function refusal(message: string, fix: string): PosthornError {
  return commonErrors.validation_failed({ issues: [{ field: 'database', message, fix }] })
}

import type postgres from 'postgres'
import type { Logger } from '../kernel/logger.ts'
import { openConnection } from './connection.ts'
import { createConnectionPool } from './connection-pool.ts'
import { type DatabaseUrl, toDriverTarget } from './database-url.ts'
import { runTransaction, type Sql, type Tx } from './transaction.ts'

export type { Sql, Tx }

/** A part of a statement, made by the same tag. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>

export interface DatabaseOptions {
  url: DatabaseUrl
  /** First in the search path of every connection. */
  schema: string
  /** Taken on at connecting (SET ROLE). */
  role?: string
  applicationName: string
  maxConnections: number
  /** Further settings that every connection starts with: `{ synchronous_commit: 'off' }`. */
  settings?: Record<string, string>
  /**
   * How long a statement may take, connecting included, and how long a caller waits for a free connection.
   * @default 10000
   */
  queryTimeoutMs?: number
  log: Logger
}

/**
 * The one way to Postgres. Whatever happens to server or network, every call settles, and the next one finds a working
 * connection as soon as there can be one.
 * @throws database_unavailable when the server cannot be reached, goes away or does not answer; what Postgres itself
 * objects to arrives as `postgres.PostgresError`.
 */
export interface Database {
  /** Runs one statement, prepared by its text. */
  query<Rows extends readonly (object | undefined)[]>(
    build: (sql: Sql) => postgres.PendingQuery<Rows>,
  ): Promise<postgres.RowList<Rows>>
  /** Commits what `work` did, or nothing of it. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Lets what runs finish for five seconds, then closes. Leaves no timer and no socket behind. */
  close(): Promise<void>
}

/** A pool of its own. Connects when first asked for something. */
export function connectDatabase(options: DatabaseOptions): Database {
  const { log, queryTimeoutMs = 10_000 } = options
  // So that what is wrong with it is said here, and not by the first statement.
  toDriverTarget(options.url)
  const parameters = startupParameters(options, queryTimeoutMs)
  const pool = createConnectionPool({
    connectionsMax: options.maxConnections,
    waitMaxMs: queryTimeoutMs,
    open: (onLost) =>
      openConnection({
        url: options.url,
        parameters,
        silenceMaxMs: queryTimeoutMs,
        onNotice: (notice) => log.debug({ notice }, 'notice of Postgres'),
        onLost: (connection, reason) => {
          log.debug({ err: reason }, 'connection to Postgres closed')
          onLost(connection, reason)
        },
      }),
  })

  async function query<Rows extends readonly (object | undefined)[]>(
    build: (sql: Sql) => postgres.PendingQuery<Rows>,
  ): Promise<postgres.RowList<Rows>> {
    const connection = await pool.acquire()
    try {
      return await connection.run(build(connection.sql))
    } finally {
      pool.release(connection)
    }
  }

  async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const connection = await pool.acquire()
    try {
      return await runTransaction(connection, work)
    } finally {
      pool.release(connection)
    }
  }

  return { query, transaction, close: () => pool.close(5000) }
}

function startupParameters(
  options: DatabaseOptions,
  queryTimeoutMs: number,
): Record<string, string> {
  const { role, settings, schema, applicationName } = options
  // The server gives up first, so that a slow statement is an error of Postgres and a lost one is a timeout of ours.
  const statementTimeoutMs = Math.ceil(queryTimeoutMs - Math.min(500, queryTimeoutMs / 5))
  return {
    application_name: applicationName,
    search_path: `"${schema}", public`,
    TimeZone: 'UTC',
    statement_timeout: String(statementTimeoutMs),
    // A process that froze, or whose machine is gone, must not hold locks for ever.
    idle_in_transaction_session_timeout: '60000',
    ...(role === undefined ? {} : { role }),
    ...settings,
  }
}

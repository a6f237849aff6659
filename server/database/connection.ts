import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import postgres from 'postgres'
import { arrayTypeOf, columnTypes } from './column-types.ts'
import { ConnectionLostError, leavesConnectionUsable, toCallerError } from './connection-error.ts'
import { type DatabaseUrl, toDriverTarget } from './database-url.ts'

export interface ConnectionOptions {
  url: DatabaseUrl
  /** Startup parameters: search_path, role, statement_timeout … */
  parameters: Record<string, string>
  /** How long the server may be silent while it owes an answer. */
  silenceMaxMs: number
  onNotice: (notice: postgres.Notice) => void
  /** What arrives on the channels that this connection listens to. */
  onNotification?: (channel: string, payload: string) => void
  /** Called once, in the moment the connection can no longer be used. */
  onLost: (connection: Connection, reason: unknown) => void
}

/** One connection to Postgres, held by one statement or one transaction at a time. */
export interface Connection {
  readonly sql: postgres.Sql
  isLost(): boolean
  /** Runs a statement made by `sql`. It settles, whatever becomes of the connection. */
  run<T>(statement: PromiseLike<T>): Promise<T>
  /** Gives the connection up at once; what runs on it is rejected. */
  lose(reason: unknown): void
  /** Says goodbye to the server and closes. */
  end(): Promise<void>
}

/**
 * A driver object with a single connection, thrown away with it. The driver (3.4.9) cannot live through the loss of a
 * connection: it writes to the closed one, which throws where nobody can catch; it keeps unsent bytes that spoil the
 * next one; and a statement issued between the socket's `error` and `close` never settles. So it never sees a second
 * connection, the socket is ours, and statements are settled from here as well. Connects with the first statement.
 */
export function openConnection(options: ConnectionOptions): Connection {
  let socket: Socket | undefined
  let lost: { reason: unknown } | undefined
  let watchdog: NodeJS.Timeout | undefined
  const waiting = new Set<(error: unknown) => void>()

  const target = toDriverTarget(options.url)
  const driverOptions = {
    ...target.options,
    max: 1,
    // The one holder of a connection may write ahead: the statements of one transaction, nobody else's.
    max_pipeline: 100,
    socket: openSocket,
    connection: options.parameters,
    types: columnTypes,
    fetch_types: false,
    transform: { undefined: null, column: { from: postgres.toCamel } },
    onnotice: options.onNotice,
    ...(options.onNotification && { onnotify: options.onNotification }),
    onclose: () =>
      lose(new ConnectionLostError('connection_closed', 'Postgres closed the connection')),
    // Its timers: none. The watchdog covers connecting, and no second attempt is ever made.
    connect_timeout: 0,
    idle_timeout: 0,
    max_lifetime: null,
    backoff: () => 0,
  }
  const sql: postgres.Sql = postgres(target.url, driverOptions)
  Object.assign((sql.options as unknown as DriverInternals).shared.typeArrayMap, arrayTypeOf)

  async function openSocket(place: SocketPlace): Promise<Socket> {
    if (socket) throw new ConnectionLostError('connection_closed', 'Postgres closed the connection')
    await target.learnPassword()
    if (lost) throw lost.reason
    const [host = 'localhost', port = 5432] = [place.host[0], place.port[0]]
    socket = place.path ? connect(place.path) : connect({ host, port, noDelay: true })
    socket.on('error', lose)
    socket.on('close', driverOptions.onclose)
    // The driver takes the name that a TLS certificate must bear from here.
    Object.assign(socket, { host, port })
    await once(socket, 'connect')
    // Where nobody listens, Linux may pick the port itself as ours: the socket then talks to itself, and keeps the
    // server from coming back.
    const { localPort, remotePort, localAddress, remoteAddress } = socket
    if (localPort && localPort === remotePort && localAddress === remoteAddress) {
      lose(new ConnectionLostError('connection_closed', 'Nobody listens on the port of Postgres'))
    }
    return socket
  }

  function run<T>(statement: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => reject(toCallerError(error))
      if (lost) return fail(lost.reason)
      waiting.add(fail)
      if (waiting.size === 1) watch()
      statement.then(
        (result) => {
          settled(fail)
          resolve(withoutHoles(result))
        },
        (error) => {
          settled(fail)
          if (!leavesConnectionUsable(error)) lose(error)
          fail(error)
        },
      )
    })
  }

  function settled(fail: (error: unknown) => void): void {
    if (!waiting.delete(fail)) return
    clearTimeout(watchdog)
    if (waiting.size > 0) watch()
  }

  /** Every answer is a sign of life, so statements that were written ahead do not use up each other's time. */
  function watch(): void {
    watchdog = setTimeout(() => {
      const message = `Postgres did not answer for ${options.silenceMaxMs} ms`
      lose(new ConnectionLostError('connection_silent', message))
    }, options.silenceMaxMs)
  }

  function lose(reason: unknown): void {
    if (lost) return
    lost = { reason }
    clearTimeout(watchdog)
    // A half-open connection never closes by itself. With an error, or the driver would set out to connect again; and
    // with a listener, for under TLS the driver took ours off this socket.
    socket?.on('error', () => undefined).destroy(toError(reason))
    for (const fail of waiting) fail(reason)
    waiting.clear()
    options.onLost(connection, reason)
  }

  async function end(): Promise<void> {
    if (!lost) await sql.end({ timeout: 1 })
    lose(new ConnectionLostError('database_closed', 'The connection was closed'))
  }

  const connection: Connection = { sql, isLost: () => lost !== undefined, run, lose, end }
  return connection
}

/**
 * After a statement that failed while its rows were arriving, the driver (3.4.9) goes on counting: the next result
 * begins with as many holes.
 */
function withoutHoles<T>(result: T): T {
  if (!Array.isArray(result)) return result
  let holes = 0
  while (holes < result.length && !(holes in result)) holes++
  if (holes > 0) result.splice(0, holes)
  return result
}

function toError(reason: unknown): Error {
  return reason instanceof Error
    ? reason
    : new Error('The connection was given up', { cause: reason })
}

/** What the driver hands to its `socket` option, which its types do not know. */
interface SocketPlace {
  host: string[]
  port: number[]
  path: string | false
}

interface DriverInternals {
  shared: { typeArrayMap: Record<number, number> }
}

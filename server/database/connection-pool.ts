import { systemClock } from '../kernel/clock.ts'
import type { Connection } from './connection.ts'
import { ConnectionLostError, toCallerError } from './connection-error.ts'

/** Backends collect memory for every partition and plan they have seen, so each is replaced within the hour. */
const lifetimeMs = 30 * 60_000
const lifetimeSpreadMs = 60_000

type OnLost = (connection: Connection, reason: unknown) => void

export interface PoolOptions {
  connectionsMax: number
  /** How long a caller waits for a connection before it is told that none is free. */
  waitMaxMs: number
  open: (onLost: OnLost) => Connection
}

/** Hands out connections to one holder each; the callers beyond their number wait in line. */
export interface ConnectionPool {
  /** @throws database_unavailable when none becomes free in time. */
  acquire(): Promise<Connection>
  release(connection: Connection): void
  /** Lets what runs finish for `graceMs`, then closes every connection. */
  close(graceMs: number): Promise<void>
}

interface Waiter {
  resolve: (connection: Connection) => void
  reject: (error: unknown) => void
  timer: NodeJS.Timeout
}

export function createConnectionPool(options: PoolOptions): ConnectionPool {
  /** Open connections and when each is due for replacement. */
  const open = new Map<Connection, number>()
  const idle: Connection[] = []
  const waiters = new Set<Waiter>()
  let opened = 0
  let closing: Promise<void> | undefined
  let onAllReleased: (() => void) | undefined

  function acquire(): Promise<Connection> {
    if (closing !== undefined)
      return Promise.reject(unavailable('database_closed', 'The database was closed'))
    // The latest used first: its caches are warm, and the surplus of a burst is left alone.
    const free = idle.pop() ?? (open.size < options.connectionsMax ? openOne() : undefined)
    return free ? Promise.resolve(free) : wait()
  }

  function openOne(): Connection {
    const connection = options.open(forget)
    const spreadMs = (opened++ % 30) * lifetimeSpreadMs
    open.set(connection, systemClock.monotonicMs() + lifetimeMs + spreadMs)
    return connection
  }

  function wait(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiters.delete(waiter)
        const message = `No connection to Postgres became free within ${options.waitMaxMs} ms`
        reject(unavailable('no_connection_free', message))
      }, options.waitMaxMs)
      const waiter: Waiter = { resolve, reject, timer }
      waiters.add(waiter)
    })
  }

  function release(connection: Connection): void {
    if (connection.isLost()) return
    if (systemClock.monotonicMs() > (open.get(connection) ?? 0)) {
      // Ends by itself; `forget` makes room when it has.
      void connection.end()
      return
    }
    const [next] = waiters
    if (next) serve(next, connection)
    else idle.push(connection)
    if (idle.length === open.size) onAllReleased?.()
  }

  function serve(waiter: Waiter, connection: Connection): void {
    waiters.delete(waiter)
    clearTimeout(waiter.timer)
    waiter.resolve(connection)
  }

  function forget(connection: Connection, reason: unknown): void {
    open.delete(connection)
    const place = idle.indexOf(connection)
    if (place !== -1) idle.splice(place, 1)
    // A server that does not answer on one connection will not on the others: callers shall not find that out one by one.
    if (reason instanceof ConnectionLostError && reason.code === 'connection_silent') {
      for (const suspect of [...idle]) suspect.lose(reason)
    }
    const [next] = waiters
    if (next && open.size < options.connectionsMax) serve(next, openOne())
    if (idle.length === open.size) onAllReleased?.()
  }

  async function drain(graceMs: number): Promise<void> {
    for (const waiter of [...waiters]) {
      waiters.delete(waiter)
      clearTimeout(waiter.timer)
      waiter.reject(unavailable('database_closed', 'The database was closed'))
    }
    if (idle.length < open.size) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs)
        onAllReleased = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    const held = [...open.keys()].filter((connection) => !idle.includes(connection))
    for (const connection of held) {
      connection.lose(new ConnectionLostError('database_closed', 'The database was closed'))
    }
    await Promise.all(idle.map((connection) => connection.end()))
  }

  return {
    acquire,
    release,
    close: (graceMs) => (closing ??= drain(graceMs)),
  }
}

function unavailable(code: ConnectionLostError['code'], message: string): unknown {
  return toCallerError(new ConnectionLostError(code, message))
}

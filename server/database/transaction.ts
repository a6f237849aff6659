import type postgres from 'postgres'
import type { Connection } from './connection.ts'

/** Makes statements: a template tag, and the driver's helpers for identifiers, lists, JSON and arrays. */
export type Sql = postgres.ISql

declare const inTransaction: unique symbol

/** As `Sql`, but its statements run in a transaction when they are awaited. */
export interface Tx extends Sql {
  readonly [inTransaction]: true
}

type Statement = postgres.PendingQuery<postgres.Row[]>

/**
 * Runs `work` between BEGIN and COMMIT on a connection that nobody else uses meanwhile. Every transaction of the product
 * goes through here. It commits only if `work` and each of its statements succeeded, whether or not the work looked at
 * their results; otherwise it rolls back, unless the connection is gone: then the server has done that, and
 * nothing more is written to it. When the connection is lost during COMMIT, nobody can tell whether it happened.
 */
export async function runTransaction<T>(
  connection: Connection,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { sql } = connection
  const unfinished = new Set<Promise<unknown>>()
  let failure: { error: unknown } | undefined
  let over = false

  function start(statement: PromiseLike<unknown>): Promise<unknown> {
    if (over)
      return Promise.reject(new Error('This transaction is over: await its statements in it'))
    const running = connection.run(statement)
    unfinished.add(running)
    running.then(
      () => unfinished.delete(running),
      (error) => {
        unfinished.delete(running)
        failure ??= { error }
      },
    )
    return running
  }

  async function finish(): Promise<T> {
    try {
      const result = await work(watchStatements(sql, start))
      await Promise.allSettled(unfinished)
      if (failure) throw failure.error
      return result
    } finally {
      over = true
      await Promise.allSettled(unfinished)
    }
  }

  await connection.run(sql`begin`)
  let result: T
  try {
    result = await finish()
  } catch (error) {
    if (!connection.isLost()) await connection.run(sql`rollback`).catch(connection.lose)
    throw error
  }
  const { command } = await connection.run(sql`commit`)
  // Postgres answers the COMMIT of a failed transaction with a polite ROLLBACK.
  if (command !== 'COMMIT') throw failure?.error ?? new Error(`The transaction ended in ${command}`)
  return result
}

/** The driver's tag, its statements started by `start` when they are first awaited. Fragments are never started. */
function watchStatements(
  sql: postgres.Sql,
  start: (statement: PromiseLike<unknown>) => Promise<unknown>,
): Tx {
  function watched(statement: Statement): Statement {
    // biome-ignore lint/suspicious/noThenProperty: the statement is a promise; only what awaiting it does is replaced
    const driver: PromiseLike<unknown> = { then: statement.then.bind(statement) }
    let running: Promise<unknown> | undefined
    const run = (): Promise<unknown> => (running ??= start(driver))
    return Object.assign(statement, {
      // biome-ignore lint/suspicious/noThenProperty: see above
      then: (...handlers: Parameters<Promise<unknown>['then']>) => run().then(...handlers),
      catch: (handler: (error: unknown) => unknown) => run().catch(handler),
      finally: (handler: () => void) => run().finally(handler),
      execute: () => {
        run().catch(() => undefined)
        return statement
      },
    } as object)
  }

  const make = sql as unknown as (...parts: unknown[]) => unknown
  const tag = (...parts: unknown[]): unknown => {
    const made = make(...parts)
    return made instanceof Promise ? watched(made as Statement) : made
  }
  const { json, array, typed, types } = sql
  const unsafe: Sql['unsafe'] = (...parts) => watched(sql.unsafe(...parts) as Statement) as never
  return Object.assign(tag, { unsafe, json, array, typed, types }) as unknown as Tx
}

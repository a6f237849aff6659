/** `sql` of postgres.js, or the one that `sql.begin` hands out. */
export interface PostgresJsTransaction {
  unsafe(query: string, parameters: string[], options: { prepare: boolean }): PromiseLike<unknown>
}

/** Client, PoolClient or Pool of `pg`. */
export interface PgTransaction {
  query(text: string, values: string[]): PromiseLike<unknown>
}

/** What `db.transaction` of drizzle hands out, on postgres.js or on `pg`; or `db` itself. */
export interface DrizzleTransaction {
  execute(query: { getSQL(): unknown } | string): PromiseLike<unknown>
}

/** What `prisma.$transaction(async (tx) => …)` hands out. */
export interface PrismaTransaction {
  $executeRawUnsafe(query: string, ...values: string[]): PromiseLike<unknown>
}

/** What an event can be written through. A pool, `sql` or `db` is taken too; the event is then a transaction of its own. */
export type Transaction =
  | PostgresJsTransaction
  | PgTransaction
  | DrizzleTransaction
  | PrismaTransaction

const drizzleKind = Symbol.for('drizzle:entityKind')

/**
 * Runs one statement with one text parameter on whatever the host's transaction is.
 * @throws TypeError for anything else; otherwise what the driver throws
 */
export async function runStatement(tx: Transaction, text: string, parameter: string) {
  if (has(tx, '$executeRawUnsafe')) {
    // Of what a client has, its transactions lack the connecting; not `$transaction`, for they can nest.
    if (has(tx, '$connect')) throw new TypeError(prismaOutside)
    await tx.$executeRawUnsafe(text, parameter)
  } else if (has(tx, 'unsafe')) {
    // Prepared, a statement takes one round trip; where the host's own options say `prepare: false`, that holds.
    await tx.unsafe(text, [parameter], { prepare: true })
  } else if (has(tx, 'execute') && drizzleKind in tx.constructor) {
    await tx.execute(drizzleQuery(text, parameter))
  } else if (has(tx, 'query')) {
    await tx.query(text, [parameter])
  } else {
    throw new TypeError(
      'The first argument of emit is the transaction: a postgres.js sql, a pg client, a drizzle transaction, or the tx ' +
        'that prisma.$transaction(async (tx) => …) hands out.',
    )
  }
}

const prismaOutside =
  'This is the Prisma client, not a transaction: the event would be sent even if your transaction rolled back. ' +
  'Call emit with the tx of prisma.$transaction(async (tx) => { … }).'

/** The public face of drizzle's SQLWrapper and SQL, so that drizzle need not be imported. */
function drizzleQuery(text: string, parameter: string) {
  const query = { toQuery: () => ({ sql: text, params: [parameter] }) }
  return { getSQL: () => query }
}

/** A transaction of postgres.js is a function. */
function has<Name extends string>(
  tx: unknown,
  name: Name,
): tx is Extract<Transaction, Record<Name, unknown>> & Record<Name, () => PromiseLike<unknown>> {
  if (tx === null || (typeof tx !== 'object' && typeof tx !== 'function')) return false
  return typeof (tx as Record<string, unknown>)[name] === 'function'
}

import { drizzle as drizzleOnPg } from 'drizzle-orm/node-postgres'
import { drizzle as drizzleOnPostgresJs } from 'drizzle-orm/postgres-js'
import pg from 'pg'
import postgres from 'postgres'
import type { Transaction } from '../../sdk/src/index.ts'
import { openPrisma } from './prisma-client.ts'

/** A host's way to its database. */
export interface Host {
  /** A transaction in which the host also makes notes; rolls back when `work` throws. */
  transaction<Result>(work: (tx: Transaction, note: Note) => Promise<Result>): Promise<Result>
  /** What is no transaction, but is taken as one of its own; none for Prisma. */
  autocommit?: Transaction
  close(): Promise<void>
}

/** Something else that the host writes in the same transaction. */
export type Note = (text: string) => Promise<unknown>

const insertNote = (text: string) => `insert into public.notes (text) values ('${text}')`
const quiet = { onnotice: () => undefined }

/** All that `emit` takes, as a host would have it. `app_*` hosts change what is usual. */
export const drivers: Record<string, (url: string) => Promise<Host>> = {
  'postgres.js': async (url) => onPostgresJs(postgres(url, { ...quiet, max: 2 })),
  'postgres.js, unprepared and with its own transforms': async (url) =>
    onPostgresJs(postgres(url, { ...quiet, max: 2, prepare: false, transform: postgres.camel })),
  'a pg client': async (url) => {
    const client = new pg.Client(url)
    await client.connect()
    return {
      transaction: (work) => inTransaction(client, work),
      autocommit: client,
      close: () => client.end(),
    }
  },
  'a client of a pg pool': async (url) => {
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    return {
      async transaction(work) {
        const client = await pool.connect()
        try {
          return await inTransaction(client, work)
        } finally {
          client.release()
        }
      },
      autocommit: pool,
      close: () => pool.end(),
    }
  },
  'drizzle on postgres.js': async (url) => {
    const sql = postgres(url, { ...quiet, max: 2 })
    const db = drizzleOnPostgresJs(sql)
    return {
      transaction: (work) =>
        db.transaction((tx) => work(tx, (text) => tx.execute(insertNote(text)))),
      autocommit: db,
      close: () => sql.end(),
    }
  },
  'drizzle on pg': async (url) => {
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    const db = drizzleOnPg(pool)
    return {
      transaction: (work) =>
        db.transaction((tx) => work(tx, (text) => tx.execute(insertNote(text)))),
      autocommit: db,
      close: () => pool.end(),
    }
  },
  Prisma: async (url) => {
    const prisma = await openPrisma(url)
    return {
      transaction: (work) =>
        prisma.$transaction((tx) => work(tx, (text) => tx.notes.create({ data: { text } }))),
      close: () => prisma.$disconnect(),
    }
  },
}

function onPostgresJs(sql: postgres.Sql): Host {
  return {
    transaction: async (work) => {
      const result = await sql.begin(async (tx) => [
        await work(tx, (text) => tx`insert into public.notes (text) values (${text})`),
      ])
      return result[0] as Awaited<ReturnType<typeof work>>
    },
    autocommit: sql,
    close: () => sql.end(),
  }
}

async function inTransaction<Result>(
  client: pg.ClientBase,
  work: (tx: Transaction, note: Note) => Promise<Result>,
): Promise<Result> {
  await client.query('begin')
  try {
    const result = await work(client, (text) =>
      client.query('insert into public.notes (text) values ($1)', [text]),
    )
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

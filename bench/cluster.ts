import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '../server/embedded-postgres/index.ts'
import { silentLogger } from '../server/kernel/logger.ts'
import { treeCpuUs } from './cpu.ts'
import { onInterrupt } from './interrupt.ts'

export type Sql = postgres.Sql

/** A new Postgres, started as the product starts its embedded one, for one section alone. */
export interface Cluster {
  /** An empty database of its own. Resolves with its URL. */
  createDatabase(name: string): Promise<string>
  /** A small pool for looking on; no plan of its may depend on how full a table was. */
  connect(url: string): Sql
  /** CPU time so far of Postgres and its backends. */
  cpuUs(): number
  /** Bytes of write-ahead log so far. */
  walBytes(): Promise<number>
  stop(): Promise<void>
}

export async function startCluster(settings: Record<string, string> = {}): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'posthorn-bench-'))
  const embedded = await startEmbeddedPostgres({ dataDir, log: silentLogger, settings })
  const pid = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const open: Sql[] = []
  function connect(url: string): Sql {
    const sql = postgres(url, {
      max: 2,
      onnotice: () => {},
      connection: { search_path: 'posthorn, public', enable_seqscan: false },
    })
    open.push(sql)
    return sql
  }
  const admin = connect(embedded.url)
  async function remove(): Promise<void> {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const forget = onInterrupt(remove)
  return {
    async createDatabase(name) {
      await admin.unsafe(`create database ${name}`)
      const url = new URL(embedded.url)
      url.pathname = `/${name}`
      return url.href
    },
    connect,
    cpuUs: () => treeCpuUs(pid),
    async walBytes() {
      const [row] = await admin<{ bytes: string }[]>`
        select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes`
      return Number(row?.bytes)
    },
    async stop() {
      await Promise.all(open.map((sql) => sql.end({ timeout: 5 })))
      await remove()
      forget()
    },
  }
}

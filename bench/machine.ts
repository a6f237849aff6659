import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import type { Cluster } from './cluster.ts'

/** What a figure is worth nothing without. */
export interface Machine {
  cpu: string
  cores: number
  memoryGib: number
  kernel: string
  node: string
  postgres: string
  /** Of Postgres, in the database of the server: where they differ from its own defaults, and those on durability. */
  settings: Record<string, string>
}

export async function describeMachine(cluster: Cluster): Promise<Machine> {
  const sql = cluster.connect(await cluster.createDatabase('machine'))
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, current_setting(name) as setting from pg_settings
    where source = 'configuration file' and name !~* '^(lc_|log_|listen|port|unix|datestyle|timezone|default_text)'
      or name in ('fsync', 'synchronous_commit', 'full_page_writes')
    order by name`
  const [version] = await sql<
    { version: string }[]
  >`select current_setting('server_version') as version`
  return {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 1024 ** 3),
    kernel: kernelName(),
    node: process.version,
    postgres: version?.version ?? '',
    settings: Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
  }
}

function kernelName(): string {
  try {
    return `Linux ${readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()}`
  } catch {
    return release()
  }
}

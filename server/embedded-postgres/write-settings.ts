import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { readText } from './read-file.ts'

/** Included by postgresql.conf. */
export const settingsFile = 'posthorn.conf'

const defaultSettings: Record<string, string> = {
  shared_buffers: '256MB',
  max_connections: '100',
  wal_compression: 'on',
  // The queue tables turn over fast.
  autovacuum_naptime: '10s',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  log_checkpoints: 'off',
}

export async function writeSettings(
  { dir, account }: Cluster,
  settings: Record<string, string>,
  port: number,
): Promise<void> {
  const all: Record<string, string> = {
    ...defaultSettings,
    ...settings,
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  }
  const lines = Object.entries(all).map(([name, value]) => {
    if (!/^[A-Za-z_][\w.]*$/.test(name)) throw new Error(`Not a setting of Postgres: ${name}`)
    return `${name} = '${value.replaceAll("'", "''")}'\n`
  })
  const path = join(dir, settingsFile)
  await writeFile(path, `# Written at every start.\n${lines.join('')}`, { mode: 0o600 })
  if (account) await chown(path, account.uid, account.gid)
}

/** The port of the last start, or 0. */
export async function readPort({ dir }: Cluster): Promise<number> {
  return Number(/^port = '(\d+)'$/m.exec(await readText(join(dir, settingsFile)))?.[1] ?? 0)
}

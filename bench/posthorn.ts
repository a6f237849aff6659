import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { v7 } from 'uuid'
import { createPosthornClient, type PosthornClient } from '../sdk/src/index.ts'
import type { Cluster, Sql } from './cluster.ts'
import { encryptionKey } from './encryption-key.ts'
import { onInterrupt } from './interrupt.ts'
import { endProcess } from './program.ts'
import { waitUntil } from './wait.ts'
import { eventType } from './webhook.ts'

const apiKey = `ph_${'B'.repeat(12)}_${'b'.repeat(43)}`

/** `npm start` on a database of its own, with default settings. */
export interface Posthorn {
  url: string
  apiKey: string
  databaseUrl: string
  pid: number
  client: PosthornClient
  sql: Sql
  /** New organisations that each have this many subscriptions to the URL. */
  subscribe(organisations: number, perOrganisation: number, url: string): Promise<string[]>
  /** Finished deliveries of these organisations that succeeded, and how many of them needed more than one attempt. */
  succeeded(organisationIds: readonly string[]): Promise<{ count: number; retried: number }>
  /** Resolves when nothing of these organisations is unfinished. */
  settled(organisationIds: readonly string[]): Promise<void>
  stop(): Promise<void>
}

export async function startPosthorn(cluster: Cluster, databaseUrl: string): Promise<Posthorn> {
  const { child, url } = await startServer(databaseUrl)
  const sql = cluster.connect(databaseUrl)
  const client = createPosthornClient({ url, apiKey })
  return {
    url,
    apiKey,
    databaseUrl,
    pid: child.pid ?? 0,
    client,
    sql,
    async subscribe(organisations, perOrganisation, target) {
      const ids = Array.from({ length: organisations }, () => v7())
      for (const organisationId of ids) {
        for (let number = 0; number < perOrganisation; number++) {
          await client.subscriptions.create({
            organisationId,
            url: target,
            eventTypes: [eventType],
          })
        }
      }
      return ids
    },
    async succeeded(organisationIds) {
      const [row] = await sql<{ count: number; retried: number }[]>`
        select count(*)::int as count, (count(*) filter (where attempts > 1))::int as retried from deliveries
        where organisation_id = any(${organisationIds as string[]}) and status = 'succeeded'`
      return row ?? { count: 0, retried: 0 }
    },
    async settled(organisationIds) {
      const ids = organisationIds as string[]
      await waitUntil('deliveries are left in the queue', async () => {
        const [row] = await sql<{ left: boolean }[]>`
          select exists (
            select from unnest(${ids}::uuid[]) as o(id) cross join lateral (
              select from delivery_queue where organisation_id = o.id order by organisation_id, id limit 1
            ) q
          ) as left`
        return row?.left === false
      })
    },
    stop: () => endProcess(child, 'SIGTERM'),
  }
}

async function startServer(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  // As `npm start` does.
  const flags = ['--max-semi-space-size=8', '--conditions=posthorn-source']
  const child = spawn(process.execPath, [...flags, 'server/cli/main.ts', 'start'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
      POSTHORN_ENCRYPTION_KEYS: encryptionKey,
      POSTHORN_ALLOW_HTTP: 'true',
      POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
      POSTHORN_LOG_LEVEL: 'error',
      // As much as the machine can do.
      POSTHORN_QUOTA_EVENTS_PER_SECOND: '0',
      POSTHORN_QUOTA_BACKLOG: '0',
      POSTHORN_QUOTA_SUBSCRIPTIONS: '0',
      POSTHORN_RATE_LIMIT_WRITES: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.once(
    'exit',
    onInterrupt(() => child.kill('SIGKILL')),
  )
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([status]) => {
    throw new Error(`The server ended with ${status} before it was ready`)
  })
  for (;;) {
    const [text] = (await Promise.race([once(lines, 'line'), ended])) as [string]
    const url = /^Posthorn\s+(http\S+)/.exec(text)?.[1]
    if (!url) continue
    ended.catch(() => {})
    lines.close()
    child.stdout.resume()
    return { child, url }
  }
}

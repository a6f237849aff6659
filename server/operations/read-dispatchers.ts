import type { Context } from '../context.ts'
import type { System } from './schemas.ts'

interface DispatcherRow {
  id: string
  host: string
  pid: number
  startedAt: Date
  leaseUntil: Date
  alive: boolean
  buckets: number[]
}

/** Who dispatches, and what nobody does. Judged by the database's clock, as leases are. */
export async function readDispatchers(
  ctx: Context,
  ownId: string | undefined,
): Promise<Pick<System, 'dispatchers' | 'unownedBuckets'>> {
  const { owner } = ctx.database
  const rows = await owner.query(
    (sql) => sql<DispatcherRow[]>`
      select d.id, d.host, d.pid, d.started_at, d.lease_until, d.lease_until > now() as alive,
        array(select bucket from buckets where owner = d.id order by bucket) as buckets
      from dispatchers d order by d.started_at, d.id`,
  )
  const unowned = await owner.query(
    (sql) => sql<{ bucket: number }[]>`
      select bucket from buckets b
      where not exists (select from dispatchers d where d.id = b.owner and d.lease_until > now())
      order by bucket`,
  )
  return {
    dispatchers: rows.map((row) => ({
      ...row,
      // Machine, boot and process namespace: a person knows the first.
      host: row.host.split('/', 1)[0] ?? '',
      startedAt: row.startedAt.toISOString(),
      leaseUntil: row.leaseUntil.toISOString(),
      here: row.id === ownId,
    })),
    unownedBuckets: unowned.map(({ bucket }) => bucket),
  }
}

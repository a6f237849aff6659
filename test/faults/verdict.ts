import { findViolations } from './invariants.ts'
import type { Receipt } from './ledger.ts'
import { type Allowed, type Observation, type Published, readRows } from './observation.ts'
import { poll } from './poll.ts'
import { countDuplicates, pairKey, receiptsByPair } from './receipts.ts'
import { rssMibOf, type World } from './world.ts'

/** Requests under way in one dispatcher, and those answered whose results are not written yet. */
export const inFlightMax = 512 + 1000
/** How soon work resumes, by the promise, and the patience with a busy machine on top of it. */
export const recoveryMaxMs = 10_000
const patience = 3

export interface Verdict {
  accepted: number
  delivered: number
  lost: number
  duplicates: number
  duplicatesMax: number
  /** Results that came too late and changed nothing. */
  fenced: number
  /** From the end of the fault until deliveries flow again, the longest of several; null where nothing stood still. */
  recoveryMs: number | null
  note: string
  violations: string[]
}

export interface Findings {
  published: Published
  allowed?: Partial<Allowed>
  recoveryMs?: number | null
  note?: string
  violations?: readonly string[]
  /** Organisations that were judged already: nothing of theirs is looked at. */
  setAside?: readonly string[]
}

/** Waits until the work has settled, then holds what is left against the invariants. */
export async function judge(world: World, findings: Findings): Promise<Verdict> {
  await remove(world, findings.setAside ?? [])
  const settled = await settle(world)
  const observation = await observe(world, findings)
  const { published, rows, allowed } = { ...observation }
  const received = receiptsByPair(observation)
  const delivered = rows.deliveries.filter(({ status }) => status === 'succeeded').length
  const expected = observation.subscriptions.flatMap(({ id, organisationId }) =>
    [...published.accepted]
      .filter(([, owner]) => organisationId === null || owner === organisationId)
      .map(([eventId]) => pairKey(eventId, id)),
  )
  const recoveryMs = findings.recoveryMs ?? null
  return {
    accepted: published.accepted.size,
    delivered,
    lost: expected.filter((key) => !received.has(key)).length,
    duplicates: countDuplicates(observation),
    duplicatesMax: allowed.duplicatesMax,
    fenced: countFenced(world),
    recoveryMs,
    note: findings.note ?? '',
    violations: [
      ...settled,
      ...findViolations(observation),
      ...(recoveryMs !== null && recoveryMs > recoveryMaxMs * patience
        ? [`I7: work resumed after ${recoveryMs} ms, promised are ${recoveryMaxMs}`]
        : []),
      ...(findings.violations ?? []),
    ],
  }
}

async function settle(world: World): Promise<string[]> {
  try {
    await poll('the end of all work', 120_000, async () => {
      const [row] = await world.sql<{ unfinished: number }[]>`
        select (select count(*) from delivery_queue)::int
          + (select count(*) from domain_events where published_at is null)::int as unfinished`
      return row?.unfinished === 0
    })
    return []
  } catch (error) {
    return [`I2: ${(error as Error).message}`]
  }
}

async function observe(world: World, findings: Findings): Promise<Observation> {
  const { sql, servers, scheduleSeconds } = world
  const isSetAside = (organisationId: string | null) =>
    findings.setAside?.includes(organisationId ?? '') ?? false
  const subscriptions = world.subscriptions.filter((one) => !isSetAside(one.organisationId))
  const others = new Set(
    world.subscriptions.filter((one) => isSetAside(one.organisationId)).map(({ path }) => path),
  )
  const rows = await ownedRows(world)
  const ledger = (await world.receiver.ledger()).filter(({ path }) => !others.has(path))
  return {
    published: findings.published,
    subscriptions,
    ledger,
    rows: rows ?? (await readRows(sql)),
    processes: await Promise.all(
      servers.map(async (server) => ({
        name: server.name,
        exit: server.exit(),
        log: server.log,
        rssMib: await rssMibOf(server),
      })),
    ),
    foreignSeen: await countForeignSeen(world),
    allowed: {
      duplicatesMax: 0,
      unrecordedMax: findings.allowed?.duplicatesMax ?? 0,
      timestampOffMaxMs: 30_000,
      scheduleSeconds,
      allSucceed: true,
      rssMaxMib: 400,
      ...findings.allowed,
    },
  }
}

async function remove({ sql }: World, organisationIds: readonly string[]): Promise<void> {
  if (organisationIds.length === 0) return
  const tables = ['delivery_queue', 'deliveries', 'delivery_attempts', 'domain_events']
  for (const table of tables)
    await sql`delete from ${sql(table)} where organisation_id = any(${organisationIds as string[]}::uuid[])`
}

/** The rows, as soon as every bucket has an owner again; as they are, if that takes too long. */
async function ownedRows(world: World) {
  return poll('ownership of every bucket', recoveryMaxMs * patience, async () => {
    const rows = await readRows(world.sql)
    return rows.buckets.every(({ hasLivingOwner }) => hasLivingOwner) && rows
  }).catch(() => undefined)
}

/** What a key of one organisation is shown of the others. */
async function countForeignSeen(world: World): Promise<number> {
  const [organisationId] = world.organisationIds
  const { body: key } = await world.call<{ apiKey: string }>('/v1/api-keys', {
    body: { organisationId, name: 'probe', scopes: ['events:read', 'deliveries:read'] },
  })
  let foreign = 0
  for (const path of ['/v1/events?limit=250', '/v1/deliveries?limit=250']) {
    const { body } = await world.call<{ data: { organisationId: string }[] }>(path, {
      apiKey: key.apiKey,
    })
    foreign += body.data.filter((row) => row.organisationId !== organisationId).length
  }
  return foreign
}

function countFenced(world: World): number {
  const says = (line: string) => line.includes('another dispatcher settled this delivery')
  return world.servers.reduce((sum, { log }) => sum + log.filter(says).length, 0)
}

/** From each of these moments until the next request came in; the longest. */
export function longestGapMs(
  ledger: readonly Receipt[],
  momentsMs: readonly number[],
): number | null {
  const gaps = momentsMs.map((momentMs) => {
    const next = ledger.find(({ atMs }) => atMs >= momentMs)
    return next ? next.atMs - momentMs : Number.POSITIVE_INFINITY
  })
  return gaps.length === 0 ? null : Math.max(...gaps)
}

/** Waits for a request that came after this moment; somebody has to publish meanwhile. */
export async function untilResumed(world: World, momentMs: number): Promise<void> {
  await poll('a request after the fault', 120_000, async () => {
    const last = (await world.receiver.ledger()).at(-1)
    return last !== undefined && last.atMs >= momentMs
  })
}

/** Requests that came so shortly before a moment that their results may not have been durable. */
export function countJustBefore(
  ledger: readonly Receipt[],
  momentsMs: readonly number[],
  withinMs: number,
): number {
  return ledger.filter(({ atMs }) =>
    momentsMs.some((momentMs) => atMs <= momentMs + 100 && atMs > momentMs - withinMs),
  ).length
}

/** From when an event was accepted until the first request about it; the longest, of those accepted since a moment. */
export async function slowestMs(
  world: World,
  { acceptedAtMs }: { acceptedAtMs: ReadonlyMap<string, number> },
  sinceMs = 0,
): Promise<number> {
  const asked = [...acceptedAtMs].filter(([, atMs]) => atMs >= sinceMs)
  return poll('a first request about every event', 120_000, async () => {
    const firsts = new Map<string, number>()
    for (const { id, atMs } of await world.receiver.ledger())
      if (!firsts.has(id)) firsts.set(id, atMs)
    if (asked.some(([id]) => !firsts.has(id))) return undefined
    return Math.max(0, ...asked.map(([id, atMs]) => (firsts.get(id) ?? 0) - atMs))
  })
}

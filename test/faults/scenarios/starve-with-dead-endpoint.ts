import { setTimeout as sleep } from 'node:timers/promises'
import { healthyAreServed, latenciesOf } from '../conditional-invariants.ts'
import { insertBacklog } from '../insert-backlog.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { judge } from '../verdict.ts'
import { organisationIn, type World } from '../world.ts'

/** Promised are 2 s; the rest is for a machine that does other things. */
const p99MaxMs = 6000
/** What the statements may read without an index: the few rows of a table that was empty a moment ago. */
const scannedMax = 1000

export const starveWithDeadEndpoint: Scenario = {
  id: 'F10',
  title: 'a dead endpoint has a backlog while 50 others are served',
  run: (stage) =>
    inWorld(
      stage,
      { roles: ['api', 'dispatcher', 'dispatcher'], organisations: 50 },
      async (world) => {
        const organisationId = organisationIn(17)
        const dead = await world.subscribe({ organisationId, mode: { kind: 'hang' } })
        const backlog = stage.full ? 100_000 : 10_000
        await insertBacklog(world, dead, backlog)
        const before = await countScanned(world)
        const publisher = world.publish({ clients: 2, batch: 5, pauseMs: 40 })
        await sleep(stage.full ? 20_000 : 5000)
        await publisher.stop()
        // Statistics of Postgres are a second late.
        await sleep(2000)
        const scanned = (await countScanned(world)) - before
        const receipts = (await world.receiver.ledger()).filter(({ path }) => path !== dead.path)
        const { p50Ms, p99Ms } = latenciesOf(receipts)
        return judge(world, {
          published: publisher,
          setAside: [organisationId],
          note: `${backlog} waiting; the others' p50 ${p50Ms} ms, p99 ${p99Ms} ms; ${scanned} rows read without an index`,
          violations: [
            ...healthyAreServed(receipts, p99MaxMs),
            ...(scanned > scannedMax ? [`P10: ${scanned} rows of the queue were scanned`] : []),
          ],
        })
      },
    ),
}

/** Rows of the queue that were read by scanning the table, by anybody. */
async function countScanned({ sql }: World): Promise<number> {
  const [row] = await sql<{ scanned: number }[]>`
    select seq_tup_read::int as scanned from pg_stat_user_tables where relname = 'delivery_queue'`
  return row?.scanned ?? 0
}

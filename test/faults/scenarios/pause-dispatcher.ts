import { setTimeout as sleep } from 'node:timers/promises'
import { poll } from '../poll.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { inFlightMax, judge, slowestMs } from '../verdict.ts'
import type { Server, World } from '../world.ts'

/** Longer than the lease of 7 s and the pause until the others' next look. */
const pauseMinMs = 10_000

export const pauseDispatcher: Scenario = {
  id: 'F6',
  title: 'a dispatcher is stopped for longer than its lease, then goes on',
  run: (stage) =>
    inWorld(
      stage,
      {
        roles: ['api', 'dispatcher', 'dispatcher'],
        organisations: 8,
        mode: { kind: 'slow', minMs: 300, maxMs: 900 },
      },
      async (world) => {
        const pauses = stage.full ? 2 : 1
        const publisher = world.publish({ clients: 2, batch: 5, pauseMs: 60 })
        let resumedMs = 0
        let longestMs = 0
        for (let pause = 0; pause < pauses; pause++) {
          await sleep(2000)
          const sleeper = await findBusy(world)
          const stoppedAtMs = Date.now()
          sleeper.signal('SIGSTOP')
          await sleep(pauseMinMs)
          await untilDoneByOthers(world, stoppedAtMs)
          sleeper.signal('SIGCONT')
          longestMs = Math.max(longestMs, Date.now() - stoppedAtMs)
          await sleep(3000)
          resumedMs = Math.max(resumedMs, await slowestMs(world, publisher, stoppedAtMs))
        }
        await publisher.stop()
        const verdict = await judge(world, {
          published: publisher,
          // A request that was signed and not yet sent is sent when the process goes on.
          allowed: { duplicatesMax: pauses * inFlightMax, timestampOffMaxMs: longestMs + 30_000 },
          recoveryMs: resumedMs,
          note: `${pauses} pauses of up to ${(longestMs / 1000).toFixed(1)} s`,
        })
        if (verdict.fenced > 0) return verdict
        const violation = 'P4: no result came too late, so the fence was not seen to hold'
        return { ...verdict, violations: [...verdict.violations, violation] }
      },
    ),
}

/** The dispatcher with most under way. */
async function findBusy(world: World): Promise<Server> {
  return poll('a dispatcher at work', 60_000, async () => {
    const [busiest] = await world.sql<{ pid: number }[]>`
      select d.pid from delivery_queue q join buckets b using (bucket) join dispatchers d on d.id = b.owner
      group by d.pid having count(*) >= 5 order by count(*) desc limit 1`
    return world.running('dispatcher').find(({ pid }) => pid === busiest?.pid)
  })
}

/** What was under way when a dispatcher was stopped is settled by another: its own results will come too late. */
async function untilDoneByOthers({ sql }: World, stoppedAtMs: number): Promise<void> {
  await poll('work of the stopped dispatcher to be done by another', 90_000, async () => {
    const [row] = await sql<{ left: number }[]>`
      select count(*)::int as left from delivery_queue where due_at < ${new Date(stoppedAtMs)}`
    return row?.left === 0
  })
}

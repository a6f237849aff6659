import { setTimeout as sleep } from 'node:timers/promises'
import { hostileRows } from '../hostile-rows.ts'
import { insertHostileRow, type Planted } from '../insert-hostile-row.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { judge, slowestMs } from '../verdict.ts'
import type { World } from '../world.ts'

export const plantHostileRows: Scenario = {
  id: 'F16',
  title: 'rows that no API would let in stand in the tables',
  run: (stage) =>
    inWorld(
      stage,
      { roles: ['all', 'dispatcher'], organisations: 8, scheduleSeconds: [1, 1] },
      async (world) => {
        const planted: Planted[] = []
        for (const [index, row] of hostileRows.entries())
          planted.push(await insertHostileRow(world, row, index % 64))
        const publisher = world.publish({ clients: 2, batch: 5, pauseMs: 60 })
        await sleep(stage.full ? 20_000 : 3000)
        await publisher.stop()
        const unanswered = await untilAnswered(world, planted)
        return judge(world, {
          published: publisher,
          setAside: planted.map(({ organisationId }) => organisationId),
          recoveryMs: await slowestMs(world, publisher),
          note: `${planted.length} hostile rows`,
          violations: unanswered.map(({ name, fate }) => `P13: ${name}: ${fate}`),
        })
      },
    ),
}

/** Not how soon, but whether: a busy machine may need its time for rows that run into their own deadlines. */
const answerMaxMs = 60_000

interface Fate {
  queued: boolean
  status: string | null
  outcome: string | null
}

/** Rows of which nothing is known when there was time for all of them: neither received nor failed with a code. */
async function untilAnswered(world: World, planted: readonly Planted[]) {
  const deadlineMs = Date.now() + answerMaxMs
  for (;;) {
    const received = new Set((await world.receiver.ledger()).map(({ path }) => path))
    const unanswered: { name: string; fate: string }[] = []
    for (const row of planted) {
      const fate = await fateOf(world, row)
      const wasReceived = received.has(row.path)
      if (row.intact ? wasReceived : wasReceived || fate.outcome !== null) continue
      unanswered.push({ name: row.name, fate: JSON.stringify(fate) })
    }
    if (unanswered.length === 0 || Date.now() > deadlineMs) return unanswered
    await sleep(500)
  }
}

async function fateOf({ sql }: World, { organisationId, deliveryId }: Planted): Promise<Fate> {
  const [fate] = await sql<Fate[]>`
    select q.id is not null as queued, d.status, coalesce(d.last_outcome, q.last_outcome, a.outcome) as outcome
    from (select ${organisationId}::uuid as organisation_id, ${deliveryId}::uuid as id) k
    left join delivery_queue q using (organisation_id, id)
    left join deliveries d using (organisation_id, id)
    left join delivery_attempts a on a.organisation_id = k.organisation_id and a.delivery_id = k.id and a.number = 1`
  return fate as Fate
}

import { setTimeout as sleep } from 'node:timers/promises'
import { rampIsRespected } from '../conditional-invariants.ts'
import { insertBacklog } from '../insert-backlog.ts'
import { poll } from '../poll.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { judge } from '../verdict.ts'
import type { World } from '../world.ts'

const scheduleSeconds = [1, 1, 1]
/** One request to find out, and one more for every answer: doubling, and no faster. */
const ramp = { start: 4, perSuccess: 1 }

export const outlastSchedule: Scenario = {
  id: 'F11',
  title: 'an endpoint is down for the whole schedule, then comes back to a backlog',
  run: (stage) =>
    inWorld(
      stage,
      {
        roles: ['api', 'dispatcher', 'dispatcher'],
        organisations: stage.full ? 32 : 4,
        scheduleSeconds,
      },
      async (world) => {
        const [patient] = world.subscriptions
        if (!patient?.organisationId) throw new Error('There is no subscription')
        const { path, organisationId } = patient
        const down = { kind: 'status', statusCode: 503 } as const
        for (const one of world.subscriptions) await world.receiver.set(one.path, { mode: down })
        // So few for each that their failures alone give no reason to stop trying.
        const eventsMax = 2 * world.organisationIds.length
        const given = world.publish({ clients: 1, batch: 1, eventsMax })
        await given.done
        const exhausted = await untilExhausted(world, given.accepted.size)

        // Enough schedule for the second outage, so that nothing of the backlog is exhausted too.
        await world.call(`/v1/subscriptions/${patient.id}/pause`, { method: 'POST' })
        const backlog = await insertBacklog(world, patient, stage.full ? 20_000 : 3000)
        await world.call(`/v1/subscriptions/${patient.id}/resume`, { method: 'POST' })
        await sleep(1000)
        const backAtMs = Date.now()
        const up = { kind: 'slow', minMs: 20, maxMs: 40 } as const
        for (const one of world.subscriptions) await world.receiver.set(one.path, { mode: up })
        for (const id of exhausted) {
          const { status, body } = await world.call(`/v1/deliveries/${id}/replay`, {
            method: 'POST',
          })
          if (status >= 300) throw new Error(`The replay was answered ${JSON.stringify(body)}`)
        }
        const accepted = new Map([
          ...given.accepted,
          ...backlog.map((id) => [id, organisationId] as const),
        ])
        const verdict = await judge(world, {
          published: { attempted: accepted, accepted },
          // A replay has the whole schedule again, and begins at once.
          allowed: { scheduleSeconds: [...scheduleSeconds, 0, ...scheduleSeconds] },
          note: `${exhausted.length} exhausted and replayed, ${backlog.length} waiting`,
        })
        const receipts = (await world.receiver.ledger()).filter(
          (one) => one.path === path && one.atMs >= backAtMs && one.answer === 200,
        )
        const violations = [...verdict.violations, ...rampIsRespected(receipts, ramp)]
        return { ...verdict, violations }
      },
    ),
}

async function untilExhausted({ sql }: World, count: number): Promise<string[]> {
  return poll('the end of the schedule', 60_000, async () => {
    const rows = await sql<{ id: string }[]>`select id from deliveries where status = 'failed'`
    return rows.length === count && rows.map(({ id }) => id)
  })
}

import { setTimeout as sleep } from 'node:timers/promises'
import { poll } from '../poll.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { inFlightMax, judge } from '../verdict.ts'

const eventsPerRound = 2000

export const killPublishing: Scenario = {
  id: 'F5',
  title: 'dispatchers are killed between an event and its deliveries',
  run: (stage) =>
    inWorld(
      stage,
      { roles: ['api', 'dispatcher', 'dispatcher'], organisations: 8, subscriptions: 2 },
      async (world) => {
        const accepted = new Map<string, string>()
        const kills = stage.full ? 8 : 3
        let midway = 0
        for (let kill = 0; kill < kills; kill++) {
          const rows = await world.sql<{ id: string; organisationId: string }[]>`
            insert into domain_events (entity_type, entity_id, event_type, data, organisation_id)
            select 'Issue', gen_random_uuid(), 'IssueUpdated', jsonb_build_object('n', n),
              (${world.organisationIds as string[]}::uuid[])[1 + n % ${world.organisationIds.length}::int]
            from generate_series(1, ${eventsPerRound}::int) n
            returning id, organisation_id`
          for (const { id, organisationId } of rows) accepted.set(id, organisationId)
          await sleep(world.random.integer(20, 250))
          const victims = await poll('a dispatcher to kill', 30_000, async () => {
            const alive = world.running('dispatcher')
            return alive.length > 0 && alive
          })
          await world.random.pick(victims).end('SIGKILL')
          const [left] = await world.sql<{ unpublished: number }[]>`
            select count(*)::int as unpublished from domain_events where published_at is null`
          if ((left?.unpublished ?? 0) > 0) midway++
          await world.start('dispatcher')
        }
        return judge(world, {
          published: { attempted: accepted, accepted },
          allowed: { duplicatesMax: kills * inFlightMax },
          note: `${kills} kills, ${midway} with events left to publish`,
        })
      },
    ),
}

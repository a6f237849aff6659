import { setTimeout as sleep } from 'node:timers/promises'
import { inWorld, type Scenario } from '../scenario.ts'
import { inFlightMax, judge, longestGapMs, untilResumed } from '../verdict.ts'

export const terminateBackends: Scenario = {
  id: 'F3',
  title: 'every connection to Postgres is terminated every 200 ms',
  run: (stage) =>
    inWorld(stage, { roles: ['all', 'all'], organisations: 8, subscriptions: 2 }, async (world) => {
      const publisher = world.publish({ pauseMs: 20 })
      const rounds = stage.full ? 50 : 15
      let terminated = 0
      for (let round = 0; round < rounds; round++) {
        await sleep(200)
        const rows = await world.sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name like 'posthorn %'`
        terminated += rows.length
      }
      const healedAtMs = Date.now()
      await untilResumed(world, healedAtMs)
      await publisher.stop()
      return judge(world, {
        published: publisher,
        // A dispatcher that cannot renew its lease meanwhile loses its buckets with what is under way.
        allowed: { duplicatesMax: 2 * inFlightMax },
        recoveryMs: longestGapMs(await world.receiver.ledger(), [healedAtMs]),
        note: `${terminated} connections, ${publisher.answers.get(503) ?? 0} × 503`,
      })
    }),
}

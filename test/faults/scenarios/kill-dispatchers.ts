import { setTimeout as sleep } from 'node:timers/promises'
import { poll } from '../poll.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { inFlightMax, judge, slowestMs } from '../verdict.ts'

export const killDispatchers: Scenario = {
  id: 'F1',
  title: 'a random dispatcher is killed every 400 ms',
  run: (stage) =>
    inWorld(
      stage,
      {
        roles: ['api', 'dispatcher', 'dispatcher', 'dispatcher'],
        organisations: 8,
        mode: { kind: 'slow', minMs: 0, maxMs: 60 },
      },
      async (world) => {
        const publisher = world.publish({ pauseMs: 40 })
        const kills = stage.full ? 10 : 4
        const starting: Promise<unknown>[] = []
        for (let kill = 0; kill < kills; kill++) {
          await sleep(400)
          // One is left: on a busy machine a start takes longer than work may rest.
          const victims = await poll('a dispatcher to kill', 60_000, async () => {
            const alive = world.running('dispatcher')
            return alive.length > 1 && alive
          })
          await world.random.pick(victims).end('SIGKILL')
          starting.push(world.start('dispatcher'))
        }
        await Promise.all(starting)
        await publisher.stop()
        const allowed = { duplicatesMax: kills * inFlightMax }
        return judge(world, {
          published: publisher,
          allowed,
          recoveryMs: await slowestMs(world, publisher),
          note: `${kills} kills`,
        })
      },
    ),
}

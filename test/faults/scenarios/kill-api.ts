import { setTimeout as sleep } from 'node:timers/promises'
import { inWorld, type Scenario } from '../scenario.ts'
import { inFlightMax, judge } from '../verdict.ts'

export const killApi: Scenario = {
  id: 'F12',
  title: 'the API is killed while 20 clients publish',
  run: (stage) =>
    inWorld(stage, { roles: ['all', 'dispatcher'], organisations: 8 }, async (world) => {
      const publisher = world.publish({ clients: 20, batch: 1, pauseMs: 20 })
      const kills = stage.full ? 8 : 2
      for (let kill = 0; kill < kills; kill++) {
        await sleep(world.random.integer(500, 1200))
        const [api] = world.running('all')
        await api?.end('SIGKILL')
        await world.start('all')
      }
      await sleep(500)
      await publisher.stop()
      return judge(world, {
        published: publisher,
        allowed: { duplicatesMax: kills * inFlightMax },
        note: `${kills} kills, ${publisher.answers.get('none') ?? 0} requests without an answer`,
      })
    }),
}

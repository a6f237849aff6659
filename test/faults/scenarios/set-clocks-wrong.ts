import { setTimeout as sleep } from 'node:timers/promises'
import { latenciesOf } from '../conditional-invariants.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { judge, slowestMs } from '../verdict.ts'
import { untilOwned } from '../world.ts'

const hourMs = 3_600_000
/** Far above the poll of 40 ms, far below what looks in the wrong hour cost: half of the 10 s between two wide ones. */
const p50MaxMs = 2500

export const setClocksWrong: Scenario = {
  id: 'F14',
  title: 'the clocks of two dispatchers are an hour fast and a day slow',
  run: (stage) =>
    inWorld(stage, { roles: ['api'], organisations: 8 }, async (world) => {
      for (const offsetMs of [hourMs, -24 * hourMs]) {
        await world.start('dispatcher', {
          imports: ['./test/faults/shift-clock.ts'],
          env: { FAULTS_CLOCK_OFFSET_MS: String(offsetMs) },
        })
      }
      await untilOwned(world.sql)
      const smooth = world.publish({ clients: 1, batch: 5, pauseMs: 150 })
      await sleep(stage.full ? 25_000 : 12_000)
      await smooth.stop()
      const slowest = await slowestMs(world, smooth)
      const { p50Ms } = latenciesOf(await world.receiver.ledger())
      for (const { path } of world.subscriptions)
        await world.receiver.set(path, { mode: { kind: 'flaky', share: 0.3 } })
      const retried = world.publish({ eventsMax: 200, pauseMs: 20 })
      await retried.done
      const accepted = new Map([...smooth.accepted, ...retried.accepted])
      return judge(world, {
        published: { attempted: accepted, accepted },
        allowed: { timestampOffMaxMs: null },
        note: `first requests: p50 ${p50Ms} ms, the slowest ${slowest} ms`,
        violations:
          p50Ms > p50MaxMs ? [`P12: half of the first requests took ${p50Ms} ms and more`] : [],
      })
    }),
}

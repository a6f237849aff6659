import { setTimeout as sleep } from 'node:timers/promises'
import { inWorld, type Scenario } from '../scenario.ts'
import { countJustBefore, inFlightMax, judge, longestGapMs, untilResumed } from '../verdict.ts'

/** Settlements are committed without waiting for the disk: within three times `wal_writer_delay` they are there. */
const notYetDurableMs = 1000

export const killPostgres: Scenario = {
  id: 'F2',
  title: 'Postgres is killed and stays away for up to 2 s',
  run: (stage) =>
    inWorld(stage, { roles: ['all', 'all'], organisations: 8, subscriptions: 2 }, async (world) => {
      const publisher = world.publish({ pauseMs: 40 })
      const killedAtMs: number[] = []
      const backAtMs: number[] = []
      for (let kill = 0; kill < (stage.full ? 5 : 2); kill++) {
        await sleep(1500)
        killedAtMs.push(Date.now())
        await world.cluster.kill()
        await sleep(world.random.integer(0, stage.full ? 2000 : 500))
        await world.cluster.start()
        backAtMs.push(Date.now())
      }
      await untilResumed(world, Date.now())
      await publisher.stop()
      const ledger = await world.receiver.ledger()
      const duplicatesMax =
        killedAtMs.length * inFlightMax * 2 + countJustBefore(ledger, killedAtMs, notYetDurableMs)
      const other = [...publisher.answers.keys()].filter(
        (answer) => ![200, 202, 503].includes(Number(answer)),
      )
      return judge(world, {
        published: publisher,
        allowed: { duplicatesMax },
        recoveryMs: longestGapMs(ledger, backAtMs),
        note: `${killedAtMs.length} kills, ${publisher.answers.get(503) ?? 0} × 503`,
        violations: other.map((answer) => `P8: publishing was answered with ${answer}`),
      })
    }),
}

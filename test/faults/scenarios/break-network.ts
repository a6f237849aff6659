import { setTimeout as sleep } from 'node:timers/promises'
import type { ProxyMode } from '../../support/tcp-proxy.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { inFlightMax, judge, longestGapMs, untilResumed } from '../verdict.ts'

interface Break {
  where: 'postgres' | 'receiver'
  mode: ProxyMode
  forMs: number
}

const slice: Break[] = [
  { where: 'postgres', mode: 'blackhole', forMs: 4000 },
  { where: 'postgres', mode: 'reset', forMs: 500 },
  { where: 'postgres', mode: 'refuse', forMs: 500 },
  { where: 'receiver', mode: 'reset', forMs: 500 },
]

const full: Break[] = [
  { where: 'postgres', mode: 'blackhole', forMs: 20_000 },
  { where: 'postgres', mode: 'reset', forMs: 2000 },
  { where: 'postgres', mode: 'refuse', forMs: 2000 },
  { where: 'postgres', mode: { delayMs: 50 }, forMs: 5000 },
  { where: 'receiver', mode: 'blackhole', forMs: 3000 },
  { where: 'receiver', mode: 'reset', forMs: 1000 },
  { where: 'receiver', mode: 'refuse', forMs: 1000 },
  { where: 'receiver', mode: { delayMs: 200 }, forMs: 3000 },
]

export const breakNetwork: Scenario = {
  id: 'F8',
  title: 'the network to Postgres and to the receiver is silent, reset, closed, slow',
  run: (stage) =>
    inWorld(stage, { roles: ['all', 'all'], organisations: 8, proxies: true }, async (world) => {
      const publisher = world.publish({ clients: 3, batch: 5, pauseMs: 50 })
      const healedAtMs: number[] = []
      const breaks = stage.full ? full : slice
      await sleep(1000)
      for (const { where, mode, forMs } of breaks) {
        const proxy = world.proxies?.[where]
        await proxy?.setMode(mode)
        await sleep(forMs)
        await proxy?.setMode('pass')
        healedAtMs.push(Date.now())
        await untilResumed(world, Date.now())
      }
      await publisher.stop()
      return judge(world, {
        published: publisher,
        allowed: { duplicatesMax: breaks.length * 2 * inFlightMax },
        recoveryMs: longestGapMs(await world.receiver.ledger(), healedAtMs),
        note: `${breaks.length} breaks, ${publisher.answers.get(503) ?? 0} × 503`,
      })
    }),
}

import { inWorld, type Scenario } from '../scenario.ts'
import { judge } from '../verdict.ts'

/** 30 s for requests under way, and what a busy machine needs around it. */
const exitMaxMs = 45_000

export const rollServers: Scenario = {
  id: 'F7',
  title: 'servers are restarted one after the other by SIGTERM',
  run: (stage) =>
    inWorld(
      stage,
      {
        roles: ['all', 'all', 'all'],
        organisations: 8,
        mode: { kind: 'slow', minMs: 0, maxMs: stage.full ? 3000 : 400 },
      },
      async (world) => {
        const publisher = world.publish({ clients: 3, batch: 5, pauseMs: 50 })
        const rounds = stage.full ? 5 : 1
        const violations: string[] = []
        let longestMs = 0
        for (let round = 0; round < rounds; round++) {
          for (const server of world.running()) {
            const askedAtMs = Date.now()
            await server.end('SIGTERM')
            const tookMs = Date.now() - askedAtMs
            longestMs = Math.max(longestMs, tookMs)
            if (tookMs > exitMaxMs) violations.push(`P7: ${server.name} took ${tookMs} ms to end`)
            await world.start('all')
          }
        }
        await publisher.stop()
        return judge(world, {
          published: publisher,
          allowed: { duplicatesMax: 0 },
          note: `${rounds * 3} restarts, the longest stop ${longestMs} ms`,
          violations,
        })
      },
    ),
}

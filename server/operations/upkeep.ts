import type { Context } from '../context.ts'
import type { SettlementObserver } from '../dispatcher/index.ts'
import { Loop } from '../kernel/loop.ts'
import { disableAndAnnounce } from '../publishing/index.ts'
import { StatsRecorder } from '../stats/index.ts'
import { Broadcaster, type LiveTail } from '../stream/index.ts'
import { HealthKeeper } from '../subscriptions/index.ts'
import { keepHouse } from './keep-house.ts'

const housekeepingEveryMs = 3_600_000
/** Nothing was sent, or what was pulled was given back untouched: it says nothing of the receiver. */
const sayingNothing: ReadonlySet<string> = new Set(['event_dropped', 'unprocessable', 'released'])

/**
 * What a process with a dispatcher does beside sending: the health of subscriptions, the figures for charts, telling those
 * who watch, and housekeeping.
 */
export interface Upkeep {
  observe: SettlementObserver
  start(): void
  /** Resolves when what was observed is written. Started no more after that. */
  stop(): Promise<void>
}

export function createUpkeep(ctx: Context, tail: LiveTail): Upkeep {
  const { clock, log, config } = ctx
  const health = new HealthKeeper({
    database: ctx.database.engine,
    clock,
    log,
    disableAfterMs: config.dispatcher.disableAfterMs,
    disable: (id, cause, last) => disableAndAnnounce(ctx, id, cause, last),
  })
  const housekeeping = new Loop({
    name: 'housekeeping',
    everyMs: housekeepingEveryMs,
    clock,
    log,
    turn: () => keepHouse(ctx),
  })
  const stats = new StatsRecorder(ctx)
  const broadcaster = new Broadcaster(ctx, tail.id)
  return {
    observe: (settlements) => {
      stats.record(settlements)
      tail.record(settlements)
      broadcaster.record(settlements)
      health.observe(
        settlements
          .filter(({ outcome }) => !sayingNothing.has(outcome))
          .map((settlement) => ({
            subscriptionId: settlement.subscription_id,
            outcome: settlement.outcome,
            statusCode: settlement.status_code,
            error: settlement.error,
          })),
      )
    },
    start() {
      health.start()
      stats.start()
      broadcaster.start()
      housekeeping.start()
    },
    async stop() {
      await Promise.all([health.stop(), stats.stop(), broadcaster.stop(), housekeeping.stop()])
    },
  }
}

import type { Context } from '../context.ts'
import { findRoles } from '../database/roles.ts'
import type { Dispatcher } from '../dispatcher/index.ts'
import { version } from '../kernel/version.ts'
import { readMostWaiting, readQueueStats } from '../stats/index.ts'
import { checkHealth } from './check-health.ts'
import { readDatabase } from './read-database.ts'
import { readDispatchers } from './read-dispatchers.ts'
import { readStorage } from './read-storage.ts'
import type { ReadinessCheck, System } from './schemas.ts'

export interface SystemParts {
  ctx: Context
  readiness: () => Promise<ReadinessCheck[]>
  /** The dispatcher of this process, while it runs. */
  dispatcher: () => Pick<Dispatcher, 'id' | 'states'> | undefined
}

const restingMax = 100

/**
 * All that an operator wants to see at once. Nothing in it costs more with a longer history or backlog: the catalogue
 * of Postgres knows sizes, and of the queue a bounded part is looked at.
 */
export async function readSystem({ ctx, readiness, dispatcher }: SystemParts): Promise<System> {
  const running = dispatcher()
  const [ownership, queue, mostWaiting, storage, database, health, roles] = await Promise.all([
    readDispatchers(ctx, running?.id),
    readQueueStats(ctx, 'platform'),
    readMostWaiting(ctx),
    readStorage(ctx),
    readDatabase(ctx),
    checkHealth(ctx, readiness),
    findRoles(ctx.database.owner, ctx.config.schema),
  ])
  return {
    process: {
      version,
      startedAt: new Date(performance.timeOrigin).toISOString(),
      pid: process.pid,
      role: running ? 'all' : 'api',
    },
    ...ownership,
    queue,
    mostWaiting,
    resting: running ? restingOf(running.states(), ctx.clock.now()) : [],
    storage,
    database,
    checks: health.checks,
    settings: settingsOf(ctx, roles),
  }
}

function restingOf(states: ReturnType<Dispatcher['states']>, nowMs: number): System['resting'] {
  return states
    .filter(({ breaker, restsForMs }) => restsForMs > 0 || breaker !== 'closed')
    .sort((a, b) => b.restsForMs - a.restsForMs)
    .slice(0, restingMax)
    .map(({ subscriptionId, breaker, restsForMs, underWay }) => ({
      subscriptionId,
      breaker,
      restsUntil: restsForMs > 0 ? new Date(nowMs + restsForMs).toISOString() : null,
      underWay,
    }))
}

function settingsOf({ config }: Context, roles: System['settings']['roles']): System['settings'] {
  const { retentionDays, allowHttp, allowedNetworks, allowedPorts, dispatcher, limits } = config
  return {
    retentionDays,
    roles,
    allowHttp,
    allowedNetworks: allowedNetworks.map(([address, bits]) => `${address}/${bits}`),
    allowedPorts: [...allowedPorts],
    encryption: { keyId: config.keyring.currentId },
    rateLimits: limits.rateLimits,
    quotas: limits.quotas,
    retryScheduleSeconds: [...dispatcher.retryScheduleSeconds],
    disableAfterMs: dispatcher.disableAfterMs,
    concurrencyMax: dispatcher.concurrencyMax,
  }
}

import type { Context } from '../context.ts'
import { countMissingMigrations } from '../database/migrate.ts'
import { version } from '../kernel/version.ts'
import { checkPartitions } from './check-partitions.ts'
import type { Readiness, ReadinessCheck } from './schemas.ts'

/** Shorter than the patience of whoever probes. */
const answerWithinMs = 2000

type Check = () => Promise<ReadinessCheck[]>

/** Everything that must be there to serve, and `more` that only the composition knows. */
export async function checkHealth(ctx: Context, more: Check): Promise<Readiness> {
  const database = await named(ctx, 'database', async () => {
    await ctx.database.owner.query((sql) => sql`select 1`)
    return [{ name: 'database', status: 'ok' }]
  })
  // Without a database each of the others would only say so again.
  if (database.some(({ status }) => status === 'failed'))
    return { status: 'failed', version, checks: database }
  const others = await Promise.all([
    named(ctx, 'migrations', () => checkMigrations(ctx)),
    named(ctx, 'partitions', () => checkPartitions(ctx)),
    named(ctx, 'readiness', more),
  ])
  const checks = [...database, ...others.flat()]
  return { status: worstOf(checks), version, checks }
}

async function checkMigrations(ctx: Context): Promise<ReadinessCheck[]> {
  const missing = await countMissingMigrations(ctx.database.owner)
  if (missing === 0) return [{ name: 'migrations', status: 'ok' }]
  const detail = `${missing} migrations of version ${version} are not applied; start with migrations on, or run them.`
  return [{ name: 'migrations', status: 'failed', detail }]
}

/** What a check finds; a check that breaks, or takes too long, has failed. */
async function named(ctx: Context, name: string, check: Check): Promise<ReadinessCheck[]> {
  const answered = new AbortController()
  const late = ctx.clock.sleep(answerWithinMs, answered.signal).then((): ReadinessCheck[] => {
    return [{ name, status: 'failed', detail: `No answer within ${answerWithinMs} ms.` }]
  })
  try {
    return await Promise.race([check(), late])
  } catch (error) {
    // Anybody may ask, so the reason stays in the log.
    ctx.log.warn({ err: error, check: name }, 'readiness check failed')
    return [{ name, status: 'failed', detail: 'The check did not succeed; the log says why.' }]
  } finally {
    answered.abort()
  }
}

function worstOf(checks: readonly ReadinessCheck[]): Readiness['status'] {
  const found = (status: ReadinessCheck['status']) =>
    checks.some((check) => check.status === status)
  if (found('failed')) return 'failed'
  return found('degraded') ? 'degraded' : 'ok'
}

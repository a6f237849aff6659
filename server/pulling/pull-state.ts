import type { Context } from '../context.ts'
import type { Clock } from '../kernel/clock.ts'
import { pulledBucket } from '../kernel/ids.ts'
import type { PullState } from './schemas.ts'

const waitingMax = 10_000
const noteEveryMs = 10_000

/** What waits for a pull subscription, and who has come for it. Looks at no more than 10,000 deliveries. */
export async function readPullState(ctx: Context, subscriptionId: string): Promise<PullState> {
  const [row] = await ctx.database.engine.query(
    (sql) => sql<{ waiting: number; leased: number; oldest: Date | null; pulled: Date | null }[]>`
      select count(*)::int as waiting, count(*) filter (where leased_at is not null and due_at > now())::int as leased,
        min(due_at) filter (where due_at <= now()) as oldest,
        (select last_pulled_at from subscription_health where subscription_id = ${subscriptionId}) as pulled
      from (
        select leased_at, due_at from delivery_queue
        where bucket = ${pulledBucket} and subscription_id = ${subscriptionId}
        order by bucket, subscription_id, due_at, id limit ${waitingMax + 1}
      ) w`,
  )
  const waiting = row?.waiting ?? 0
  return {
    waiting: Math.min(waiting, waitingMax),
    complete: waiting <= waitingMax,
    leased: row?.leased ?? 0,
    oldestDueAt: row?.oldest?.toISOString() ?? null,
    lastPulledAt: row?.pulled?.toISOString() ?? null,
  }
}

/** When each subscription was pulled last, written now and then: a pull is no reason for a write. */
export class PullNotes {
  readonly #clock: Clock
  readonly #notedAtMs = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async note(ctx: Context, { id, organisationId }: NotedSubscription): Promise<void> {
    const nowMs = this.#clock.monotonicMs()
    if (nowMs - (this.#notedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < noteEveryMs) return
    this.#notedAtMs.set(id, nowMs)
    await ctx.database.engine.query(
      (sql) => sql`
        insert into subscription_health (subscription_id, organisation_id, last_pulled_at)
        values (${id}, ${organisationId}, now())
        on conflict (subscription_id) do update set last_pulled_at = greatest(subscription_health.last_pulled_at, now())`,
    )
  }
}

interface NotedSubscription {
  id: string
  organisationId: string | null
}

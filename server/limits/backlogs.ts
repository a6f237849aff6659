import type { Context } from '../context.ts'

const lookEveryMs = 5000
/** A look takes at most a hundredth of the time between two. */
const lookShare = 100
/** So small a part of a quota, in events, needs no look. */
const unseenShare = 1000
/** Bounds memory: who is forgotten is looked at again. */
const organisationsMax = 10_000

interface Backlog {
  waiting: number
  /** Events taken since the last look. */
  unseen: number
  lookAtMs: number
}

/**
 * Roughly how many deliveries wait, by organisation, from memory: counted from time to time while an organisation posts,
 * beside its requests and never in them. Small senders are hardly ever counted.
 */
export class Backlogs {
  readonly #ctx: Context
  readonly #backlogs = new Map<string, Backlog>()

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  /** Before an event is taken: whether more than `quota` deliveries were waiting when somebody last looked. */
  isOver(organisationId: string, quota: number): boolean {
    const backlog = this.#of(organisationId)
    backlog.unseen++
    const nowMs = this.#ctx.clock.monotonicMs()
    if (
      nowMs >= backlog.lookAtMs &&
      (backlog.waiting > quota || backlog.unseen * unseenShare >= quota)
    ) {
      // Until this one is over.
      backlog.lookAtMs = Number.POSITIVE_INFINITY
      void this.#look(organisationId, quota, backlog)
    }
    return backlog.waiting > quota
  }

  #of(organisationId: string): Backlog {
    const known = this.#backlogs.get(organisationId)
    if (known) return known
    const backlog = { waiting: 0, unseen: 0, lookAtMs: Number.NEGATIVE_INFINITY }
    this.#backlogs.set(organisationId, backlog)
    const [oldest] = this.#backlogs.keys()
    if (this.#backlogs.size > organisationsMax && oldest !== undefined)
      this.#backlogs.delete(oldest)
    return backlog
  }

  /** Along the primary key, and no further than the quota. A look that fails changes nothing. */
  async #look(organisationId: string, quota: number, backlog: Backlog): Promise<void> {
    const startedMs = this.#ctx.clock.monotonicMs()
    const rows = await this.#ctx.database.engine
      .query(
        (sql) => sql<{ waiting: number }[]>`
          select count(*)::int as waiting from (
            select from delivery_queue where organisation_id = ${organisationId} limit ${quota + 1}
          ) q`,
      )
      .catch(() => [])
    const nowMs = this.#ctx.clock.monotonicMs()
    if (rows[0]) {
      backlog.waiting = rows[0].waiting
      backlog.unseen = 0
    }
    backlog.lookAtMs = nowMs + Math.max(lookEveryMs, (nowMs - startedMs) * lookShare)
  }
}

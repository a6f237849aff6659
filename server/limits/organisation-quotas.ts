import type { Context } from '../context.ts'
import type { Quotas } from '../kernel/limit-config.ts'
import { Backlogs } from './backlogs.ts'
import { limitErrors } from './errors.ts'
import { createEventRate } from './event-rate.ts'
import { quotasWith, selectOwnQuotas } from './own-quotas.ts'

/** How old the quotas that organisations were given may be here. */
const trustedForMs = 5000
const backlogRetryAfterSeconds = 10

/** What organisations may send, from memory: a request asks the database nothing. */
export class OrganisationQuotas {
  readonly #ctx: Context
  readonly #backlogs: Backlogs
  readonly #takeFromRate = createEventRate()
  #quotas = new Map<string, Quotas>()
  #readAtMs = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined

  constructor(ctx: Context) {
    this.#ctx = ctx
    this.#backlogs = new Backlogs(ctx)
  }

  /** Counts one event that the API is asked to take. @throws event_quota_exceeded, backlog_quota_exceeded */
  async takeEvent(organisationId: string): Promise<void> {
    const quotas = await this.#of(organisationId)
    await this.#takeFromRate(organisationId, quotas)
    if (quotas.backlog === 0 || !this.#backlogs.isOver(organisationId, quotas.backlog)) return
    throw limitErrors.backlog_quota_exceeded({
      detail:
        `More than ${quotas.backlog} of its deliveries wait. Look for subscriptions that are paused or whose receiver ` +
        'fails; events are taken again once enough were sent or cancelled.',
      limit: { name: 'backlog', value: quotas.backlog },
      retryAfterSeconds: backlogRetryAfterSeconds,
    })
  }

  /** Reads what organisations were given, now: somebody has changed it in this process. */
  refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #of(organisationId: string): Promise<Quotas> {
    const { clock, config, log } = this.#ctx
    // Only the first waits; afterwards what was read before is good enough.
    if (this.#readAtMs === Number.NEGATIVE_INFINITY) await this.refresh()
    else if (!this.#reading && clock.monotonicMs() - this.#readAtMs > trustedForMs) {
      this.refresh().catch((err) => log.warn({ err }, 'quotas could not be read'))
    }
    return this.#quotas.get(organisationId) ?? config.limits.quotas
  }

  async #read(): Promise<void> {
    const { clock, config, database } = this.#ctx
    const startedMs = clock.monotonicMs()
    const rows = await database.engine.query(selectOwnQuotas)
    this.#quotas = new Map(rows.map((row) => [row.id, quotasWith(row, config.limits.quotas)]))
    this.#readAtMs = startedMs
  }
}

const perContext = new WeakMap<Context, OrganisationQuotas>()

/** The ones of this server: posting asks them, changing an organisation refreshes them. */
export function quotasOf(ctx: Context): OrganisationQuotas {
  const quotas = perContext.get(ctx) ?? new OrganisationQuotas(ctx)
  perContext.set(ctx, quotas)
  return quotas
}

import type { Database } from '../database/database.ts'
import type { Keyring } from '../kernel/keyring.ts'
import type { Logger } from '../kernel/logger.ts'
import { type CompiledSubscription, compileSubscription } from './compile-subscription.ts'
import type { MatchableEvent } from './matchable-event.ts'
import type { SubscriptionRow } from './store.ts'
import { openRow } from './stored-secrets.ts'

/**
 * Every subscription, compiled, in memory, so that matching an event costs no query. `revision` says how new the copy
 * is; the statements that create deliveries refuse to act on a copy that is not the newest (see publishing).
 */
export class SubscriptionDirectory {
  readonly #db: Database
  readonly #keyring: Keyring
  readonly #log: Logger
  readonly #byId = new Map<string, CompiledSubscription>()
  readonly #ofPlatform = new Map<string, CompiledSubscription>()
  readonly #byOrganisation = new Map<string | null, Map<string, CompiledSubscription>>()
  #revision = -1
  #currentLoad: Promise<void> = Promise.resolve()
  #nextLoad: Promise<void> | undefined

  constructor(db: Database, keyring: Keyring, log: Logger) {
    this.#db = db
    this.#keyring = keyring
    this.#log = log
  }

  /** Of the newest change that this copy holds; -1 before the first refresh. */
  get revision(): number {
    return this.#revision
  }

  get(id: string): CompiledSubscription | undefined {
    return this.#byId.get(id)
  }

  /** The platform's own that are not deleted. */
  ofPlatform(): Iterable<CompiledSubscription> {
    return this.#ofPlatform.values()
  }

  /** Who hears of an event: its organisation's and the platform's subscriptions that match, paused ones included. */
  match(event: MatchableEvent): CompiledSubscription[] {
    const matching: CompiledSubscription[] = []
    for (const scope of [event.organisationId, null]) {
      for (const subscription of this.#byOrganisation.get(scope)?.values() ?? []) {
        if (subscription.matches(event)) matching.push(subscription)
      }
    }
    return matching
  }

  /** Loads what changed. Calls made while a load runs share the one after it, which sees what they saw. */
  refresh(): Promise<void> {
    this.#nextLoad ??= this.#currentLoad
      .catch(() => undefined)
      .then(() => {
        this.#currentLoad = this.#nextLoad ?? this.#currentLoad
        this.#nextLoad = undefined
        return this.#load()
      })
    return this.#nextLoad
  }

  async #load(): Promise<void> {
    // One statement, one snapshot: the revision and the rows belong together.
    const rows = await this.#db.query(
      (sql) => sql<({ newest: number } & Partial<SubscriptionRow>)[]>`
        select r.revision as newest, s.*, null as health
        from subscription_revision r left join subscriptions s on s.revision > ${this.#revision}`,
    )
    for (const row of rows) if (row.id) this.#put(row as SubscriptionRow)
    this.#revision = rows[0]?.newest ?? this.#revision
  }

  #put(row: SubscriptionRow): void {
    const subscription = compileSubscription(openRow(this.#keyring, row))
    if (subscription.unusableReason !== null && subscription.status !== 'deleted') {
      // Put there by hand. It is told once per change, and the rest goes on.
      this.#log.error(
        { subscriptionId: row.id, reason: subscription.unusableReason },
        'the subscription cannot be used: nothing is sent to it until it is put right',
      )
    }
    this.#byId.set(row.id, subscription)
    if (row.organisationId === null && subscription.status !== 'deleted')
      this.#ofPlatform.set(row.id, subscription)
    else this.#ofPlatform.delete(row.id)
    const siblings = this.#byOrganisation.get(row.organisationId) ?? new Map()
    const hears = subscription.status === 'active' || subscription.status === 'paused'
    if (hears) siblings.set(row.id, subscription)
    else siblings.delete(row.id)
    this.#byOrganisation.set(row.organisationId, siblings)
  }
}

import type { Database } from '../database/database.ts'
import { isDataError } from '../database/sql-state.ts'
import { type CheckedEvent, eventErrors } from '../events/index.ts'
import { bucketOf } from '../kernel/ids.ts'
import type { Signals } from '../kernel/signals.ts'
import type { SubscriptionDirectory } from '../subscriptions/index.ts'
import { isSameEvent } from './compare-event.ts'
import { type EventToInsert, insertEvents } from './insert-events.ts'
import { planDeliveries } from './plan-deliveries.ts'
import type { DeliverySink, QueuedDelivery } from './queued-delivery.ts'
import { toQueued } from './to-queued.ts'

const batchMax = 500
const batchBytesMax = 1 << 20
/** While one commits, the next fills; a second at the same time only for many, or it would but make batches smaller. */
const flushesMax = 2
const secondFlushMin = 64

export interface Accepted {
  createdAt: string
  /** Whether the same event was there already. */
  duplicate: boolean
}

interface Waiting {
  event: CheckedEvent
  resolve(accepted: Accepted): void
  reject(error: unknown): void
}

export interface IntakeDependencies {
  database: Database
  directory: SubscriptionDirectory
  signals: Signals
  /** Absent in a process that does not dispatch: its events wait for whoever owns their bucket. */
  sink: () => DeliverySink | undefined
}

/**
 * The way in for events: callers wait for a durable commit, and whoever comes while one is under way shares the next,
 * so batches grow with the load and a lone event does not wait.
 */
export class Intake {
  readonly #deps: IntakeDependencies
  readonly #waiting: Waiting[] = []
  #flushes = 0

  constructor(dependencies: IntakeDependencies) {
    this.#deps = dependencies
  }

  /** Resolves when the event is durable. @throws event_conflict, database_unavailable */
  accept(event: CheckedEvent): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, resolve, reject })
      this.#pump()
    })
  }

  #pump(): void {
    while (this.#mayFlush()) {
      this.#flushes++
      // A turn later, so that callers of the same tick are in the same batch.
      queueMicrotask(() => void this.#turn())
    }
  }

  #mayFlush(): boolean {
    if (this.#flushes === 0) return this.#waiting.length > 0
    return this.#waiting.length >= secondFlushMin && this.#flushes < flushesMax
  }

  async #turn(): Promise<void> {
    await this.#flush(this.#takeBatch())
    this.#flushes--
    this.#pump()
  }

  /** The oldest that fit; of two with the same id the second waits for the next batch and finds the first there. */
  #takeBatch(): Waiting[] {
    const batch: Waiting[] = []
    const later: Waiting[] = []
    const keys = new Set<string>()
    let bytes = 0
    while (this.#waiting.length > 0 && batch.length < batchMax && bytes < batchBytesMax) {
      const next = this.#waiting.shift() as Waiting
      const key = `${next.event.organisationId}/${next.event.id}`
      if (keys.has(key)) {
        later.push(next)
        continue
      }
      keys.add(key)
      batch.push(next)
      bytes += next.event.dataJson.length
    }
    this.#waiting.unshift(...later)
    return batch
  }

  async #flush(batch: Waiting[]): Promise<void> {
    if (batch.length === 0) return
    try {
      await this.#insert(batch)
    } catch (error) {
      // One value that Postgres cannot take must not fail its neighbours.
      if (isDataError(error) && batch.length > 1)
        await Promise.all(batch.map((one) => this.#flush([one])))
      else for (const { reject } of batch) reject(error)
    }
  }

  async #insert(batch: Waiting[]): Promise<void> {
    const { database, directory, signals } = this.#deps
    const sink = this.#deps.sink()
    const revision = directory.revision
    const rows: EventToInsert[] = batch.map(({ event }) => ({
      event,
      deliveries: sink?.owns(bucketOf(event.organisationId))
        ? planDeliveries(directory, { ...event, data: () => event.data })
        : undefined,
    }))
    const inserted = new Map(
      (await insertEvents(database, rows, revision)).map((row) => [
        `${row.organisationId}/${row.id}`,
        row,
      ]),
    )
    const queued: QueuedDelivery[] = []
    let unpublished = false
    for (const [index, { event, resolve, reject }] of batch.entries()) {
      const row = inserted.get(`${event.organisationId}/${event.id}`)
      if (!row) {
        this.#compare(event).then(resolve, reject)
        continue
      }
      resolve({ createdAt: event.createdAt, duplicate: false })
      if (!row.published) unpublished = true
      else
        queued.push(
          ...toQueued(
            { ...event, dataJson: event.storedJson ?? row.dataJson ?? '' },
            rows[index]?.deliveries ?? [],
          ),
        )
    }
    if (queued.length > 0) sink?.take(queued)
    if (unpublished) signals.emit('events')
  }

  async #compare(event: CheckedEvent): Promise<Accepted> {
    const { same, createdAt } = await isSameEvent(this.#deps.database, event)
    if (same) return { createdAt, duplicate: true }
    throw eventErrors.event_conflict({
      detail: `An event ${event.id} with other content exists already.`,
      issues: [
        { field: 'id', message: 'is taken', fix: 'Send a new UUIDv7, or no id and one is made.' },
      ],
    })
  }
}

import type postgres from 'postgres'
import type { Database } from '../../../server/database/database.ts'
import type { Settlement } from '../../../server/deliveries/index.ts'
import { deliveryIdOf } from '../../../server/kernel/ids.ts'
import { addUp, type StatRow, Tally } from '../../../server/stats/tally.ts'
import { writeStats } from '../../../server/stats/write-stats.ts'
import { idAt } from './seed-ids.ts'

export interface EventSeed {
  id: string
  atMs: number
  organisationId: string
  eventType: string
  entityType: string
  entityId: string
  dataJson: string
  source?: string
  correlationId?: string
  userId?: string
}

/** How one attempt ended. */
export interface AttemptSeed {
  outcome: string
  statusCode: number | null
  error: string | null
  durationMs: number
  responseBody?: string | null
  responseHeaders?: Record<string, string>
  encoding?: 'utf8' | 'base64'
  truncated?: boolean
}

export interface DeliverySeed {
  subscriptionId: string
  url: string
  status: 'succeeded' | 'failed' | 'cancelled' | 'pending'
  attempts: AttemptSeed[]
  trigger?: 'event' | 'test' | 'replay'
  replayId?: string
  /** Of what waits: when it is tried next. @default in a day, so that nothing is sent */
  dueInMs?: number
}

/** When each attempt begins, after its event. */
const attemptAfterMs = [80, 5200, 305_000, 2_110_000, 9_300_000]
const rowsMax = 1000

/** Rows of a log that nobody sent: collected, then written in a few statements. */
export class LogDraft {
  readonly #nowMs: number
  readonly #rows: Record<
    'domain_events' | 'deliveries' | 'delivery_queue' | 'delivery_attempts',
    object[]
  > = { domain_events: [], deliveries: [], delivery_queue: [], delivery_attempts: [] }
  readonly #tally = new Tally()

  constructor(nowMs: number) {
    this.#nowMs = nowMs
  }

  addEvent(event: EventSeed): void {
    this.#rows.domain_events.push({
      id: event.id,
      organisation_id: event.organisationId,
      event_type: event.eventType,
      entity_type: event.entityType,
      entity_id: event.entityId,
      data: event.dataJson,
      source: event.source ?? 'dashboard',
      correlation_id: event.correlationId ?? null,
      user_id: event.userId ?? null,
      published_at: new Date(event.atMs + 40),
      created_at: new Date(event.atMs),
    })
  }

  addDelivery(event: EventSeed, delivery: DeliverySeed): string {
    const id = deliveryIdOf(event.id, delivery.subscriptionId)
    const { attempts, trigger = 'event', status } = delivery
    const last = attempts.at(-1)
    const common = {
      id,
      organisation_id: event.organisationId,
      event_id: event.id,
      subscription_id: delivery.subscriptionId,
      attempts: attempts.length,
      trigger,
      last_status_code: last?.statusCode ?? null,
      last_error: last?.error ?? null,
      last_outcome: last?.outcome ?? null,
      replay_id: delivery.replayId ?? null,
    }
    const lastMs = this.#startOf(event, attempts.length, attempts.length)
    if (status === 'pending') {
      this.#rows.delivery_queue.push({
        ...common,
        bucket: Number.parseInt(event.organisationId.slice(-2), 16) & 63,
        due_at: new Date(this.#nowMs + (delivery.dueInMs ?? 86_400_000)),
      })
    } else {
      this.#rows.deliveries.push({
        ...common,
        status,
        event_type: event.eventType,
        entity_type: event.entityType,
        entity_id: event.entityId,
        last_duration_ms: last?.durationMs ?? null,
        finished_at: new Date(lastMs + (last?.durationMs ?? 0)),
      })
    }
    attempts.forEach((attempt, index) => {
      this.#addAttempt(event, id, delivery, attempt, index + 1)
    })
    return id
  }

  /** When an attempt began; of a young event they follow each other faster, so that all have been. */
  #startOf({ atMs }: EventSeed, number: number, count: number): number {
    const allMs = attemptAfterMs[count - 1] ?? 0
    const haste = Math.min(1, (this.#nowMs - atMs) / (allMs + 60_000))
    return Math.floor(atMs + (attemptAfterMs[number - 1] ?? 0) * haste)
  }

  #addAttempt(
    event: EventSeed,
    deliveryId: string,
    delivery: DeliverySeed,
    attempt: AttemptSeed,
    number: number,
  ): void {
    const startedAt = new Date(this.#startOf(event, number, delivery.attempts.length))
    const answered = attempt.statusCode !== null
    this.#rows.delivery_attempts.push({
      organisation_id: event.organisationId,
      delivery_id: deliveryId,
      number,
      trigger: delivery.trigger ?? 'event',
      started_at: startedAt,
      duration_ms: attempt.durationMs,
      connect_ms: answered && number === 1 ? Math.ceil(attempt.durationMs / 5) : null,
      first_byte_ms: answered ? Math.ceil(attempt.durationMs * 0.9) : null,
      url: delivery.url,
      outcome: attempt.outcome,
      status_code: attempt.statusCode,
      error: attempt.error,
      signature: `v1,${Buffer.from(idAt(event.atMs, deliveryId + number)).toString('base64')}`,
      request_headers: '{"x-environment": "production"}',
      response_headers: answered
        ? JSON.stringify(attempt.responseHeaders ?? { 'content-type': 'application/json' })
        : null,
      response_body: attempt.responseBody ?? null,
      response_body_encoding: attempt.responseBody ? (attempt.encoding ?? 'utf8') : null,
      response_truncated: attempt.truncated ?? false,
    })
    const isLast = number === delivery.attempts.length
    this.#tally.add({
      organisation_id: event.organisationId,
      subscription_id: delivery.subscriptionId,
      event_type: event.eventType,
      started_at: startedAt.toISOString(),
      duration_ms: attempt.durationMs,
      outcome: attempt.outcome,
      status_code: attempt.statusCode,
      status: isLast ? delivery.status : 'pending',
    } as Settlement)
  }

  async write(sql: postgres.Sql, db: Database): Promise<void> {
    for (const [table, rows] of Object.entries(this.#rows)) {
      for (let first = 0; first < rows.length; first += rowsMax) {
        await insertRows(sql, table, rows.slice(first, first + rowsMax))
      }
    }
    const stats = new Map<string, StatRow>()
    for (const row of this.#tally.take()) addUp(stats, row)
    const rows = [...stats.values()]
    for (let first = 0; first < rows.length; first += rowsMax) {
      await writeStats(db, rows.slice(first, first + rowsMax))
    }
  }
}

/** Columns whose JSON is given as text, so that its numbers stay as they are. */
const jsonColumns = new Set(['data', 'request_headers', 'response_headers'])

async function insertRows(sql: postgres.Sql, table: string, rows: object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const values = columns.map((name) => (jsonColumns.has(name) ? `(${name} #>> '{}')::jsonb` : name))
  await sql.unsafe(
    `insert into ${table} (${columns.join(', ')})
      select ${values.join(', ')} from json_populate_recordset(null::${table}, $1::text::json)`,
    [JSON.stringify(rows)],
  )
}

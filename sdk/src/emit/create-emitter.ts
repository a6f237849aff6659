import type { FieldIssue } from '../api-error.ts'
import type { AnyEvents, EventCatalogue, EventToEmit } from '../event-catalogue.ts'
import type { EventDefinitions, EventsOf } from '../event-definitions.ts'
import { checkDefinition } from './check-definition.ts'
import { type CheckedEvent, checkEvent, type EventDefaults, type EventRow } from './check-event.ts'
import { InvalidEventError } from './errors.ts'
import { insertEvents } from './insert-events.ts'
import type { Transaction } from './run-statement.ts'

export interface EmitOptions {
  /**
   * Postgres schema of Posthorn's tables.
   * @default 'posthorn'
   */
  schema?: string
  /**
   * `source` of events that name none.
   * @default 'dashboard'
   */
  source?: string
  /** Organisation of events that name none. */
  organisationId?: string
}

export interface EmittedEvent {
  /** A UUIDv7, as receivers see it in `webhook-id`. */
  id: string
}

/** Writes events in transactions of the host. A transaction that rolls back takes its events with it. */
export interface Emitter<Catalogue extends EventCatalogue = AnyEvents> {
  /**
   * Writes one event by one INSERT in `tx`, and nothing else: await it before the transaction ends.
   * @throws InvalidEventError before any statement; EmitError when Postgres refused it for a reason that can be mended;
   *   TypeError when `tx` is no transaction; otherwise what the driver throws
   */
  emit(tx: Transaction, event: EventToEmit<Catalogue>): Promise<EmittedEvent>
  /** Writes any number of events by one INSERT: all, or none if one is not valid. Answers in their order. */
  emitMany(tx: Transaction, events: Iterable<EventToEmit<Catalogue>>): Promise<EmittedEvent[]>
}

/** An emitter that checks events by their definitions, at compile time and before any statement. */
export function createEmitter<const Definitions extends EventDefinitions>(
  options: EmitOptions & { events: Definitions },
): Emitter<EventsOf<Definitions>>
/** An emitter that checks the form of events only; name a catalogue to have them typed: `createEmitter<BuiltInEvents>()`. */
export function createEmitter<Catalogue extends EventCatalogue = AnyEvents>(
  options?: EmitOptions,
): Emitter<Catalogue>
export function createEmitter(
  options: EmitOptions & { events?: EventDefinitions } = {},
): Emitter<EventsOf<EventDefinitions>> {
  const { events: definitions, schema = 'posthorn', ...defaults } = options
  return {
    async emit(tx, event) {
      const { row, issues } = check(event, defaults, definitions)
      if (!row) throw new InvalidEventError(issues)
      await insertEvents(tx, [row], schema)
      return { id: row.id }
    },
    async emitMany(tx, events) {
      const rows: EventRow[] = []
      const wrong: FieldIssue[] = []
      let index = 0
      for (const event of events) {
        const { row, issues } = check(event, defaults, definitions)
        if (row) rows.push(row)
        for (const issue of issues) {
          wrong.push({ ...issue, field: `events.${index}.${issue.field}`.replace(/\.$/, '') })
        }
        index++
      }
      if (wrong.length > 0) throw new InvalidEventError(wrong)
      await insertEvents(tx, rows, schema)
      return rows.map(({ id }) => ({ id }))
    },
  }
}

/** Writes one event in the host's transaction; `createEmitter` says more. */
export function emit(
  tx: Transaction,
  event: EventToEmit,
  options: EmitOptions = {},
): Promise<EmittedEvent> {
  return createEmitter(options).emit(tx, event)
}

function check(
  event: EventToEmit,
  defaults: EventDefaults,
  definitions: EventDefinitions | undefined,
): CheckedEvent {
  const checked = checkEvent(event, defaults)
  if (!checked.row || !definitions) return checked
  const issues = checkDefinition(definitions, event)
  return issues.length > 0 ? { row: undefined, issues } : checked
}

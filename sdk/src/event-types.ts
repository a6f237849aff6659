import type { EventType, EventTypeInput, EventTypeList } from './generated/types.gen.ts'
import { path, type Send } from './request.ts'

/** The catalogue. Every call throws PosthornApiError or TypeError. */
export interface EventTypes {
  /** Every type, by name; there are no pages. */
  list(): Promise<EventTypeList>
  /** One type. Errors: `event_type_not_found`. */
  get(name: string): Promise<EventType>
  /** Registers or replaces a type; platform credentials only. Errors: `event_type_schema_invalid`. */
  put(name: string, input: EventTypeInput): Promise<EventType>
  /** Marks a type as not to be used any more; platform credentials only. Errors: `event_type_not_found`. */
  deprecate(name: string): Promise<EventType>
}

export function createEventTypes(send: Send): EventTypes {
  return {
    list: () => send({ method: 'GET', path: '/v1/event-types' }),
    get: (name) => send({ method: 'GET', path: path`/v1/event-types/${name}` }),
    put: (name, body) => send({ method: 'PUT', path: path`/v1/event-types/${name}`, body }),
    deprecate: (name) =>
      send({ method: 'POST', path: path`/v1/event-types/${name}/deprecate`, idempotent: true }),
  }
}

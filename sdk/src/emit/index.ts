// The parts that `createEmitter` is made of, for integrations that emit in ways of their own.

export type { EventToEmit } from '../event-catalogue.ts'
export { type CheckedEvent, checkEvent, type EventDefaults, type EventRow } from './check-event.ts'
export { EmitError, InvalidEventError } from './errors.ts'
export { insertEvents } from './insert-events.ts'
export { type EmitListener, onEmitted } from './notices.ts'
export type { Transaction } from './run-statement.ts'

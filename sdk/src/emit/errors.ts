import type { FieldIssue } from '../api-error.ts'

/** The event does not fit. Thrown before any statement, so the transaction is as good as before. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError'
  /** The same code that `POST /v1/events` answers a malformed event with. */
  readonly code = 'validation_failed'
  /** Each thing that is wrong with the event. */
  readonly issues: readonly FieldIssue[]

  constructor(issues: readonly FieldIssue[], options?: ErrorOptions) {
    super(`The event is not valid: ${issues.map(describe).join('; ')}`, options)
    this.issues = issues
  }
}

/**
 * Why Postgres refused an event that is valid in itself: `not_migrated`, `permission_denied`, `event_id_out_of_range` (no
 * partition for its time) or `event_conflict` (its id is taken).
 */
export type EmitErrorCode =
  | 'not_migrated'
  | 'permission_denied'
  | 'event_id_out_of_range'
  | 'event_conflict'

/** Postgres refused the INSERT for a known reason; `message` names the fix, `cause` is the driver's error. */
export class EmitError extends Error {
  override readonly name = 'EmitError'
  readonly code: EmitErrorCode

  constructor(code: EmitErrorCode, message: string, cause: unknown) {
    super(message, { cause })
    this.code = code
  }
}

function describe({ field, message, fix }: FieldIssue): string {
  return [`${field || 'event'} ${message}`, ...(fix === undefined ? [] : [fix])].join('. ')
}

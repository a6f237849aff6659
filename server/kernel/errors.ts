/** One thing wrong with the input: where, what, and how to put it right. */
export interface FieldIssue {
  /** Path of the field in the request, dotted: `events.3.entityId`. Empty for the whole body. */
  field: string
  message: string
  fix?: string
}

export interface ErrorDetails {
  /** Written for the caller; may reach the wire. */
  detail?: string
  issues?: FieldIssue[]
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number
  /** The limit that was met, and how much it allows. */
  limit?: { name: string; value: number }
  /** For the log only, never for the wire. */
  cause?: unknown
}

/** The only error whose text reaches a caller. Everything else becomes a bare 500. */
export class PosthornError extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string | undefined
  readonly issues: FieldIssue[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly limit: ErrorDetails['limit']

  constructor(code: string, status: number, title: string, details: ErrorDetails = {}) {
    super(details.detail ?? title, { cause: details.cause })
    this.name = 'PosthornError'
    this.code = code
    this.status = status
    this.title = title
    this.detail = details.detail
    this.issues = details.issues
    this.retryAfterSeconds = details.retryAfterSeconds
    this.limit = details.limit
  }
}

interface ErrorDefinition {
  status: number
  title: string
}

type ErrorFactories<Definitions> = {
  [Code in keyof Definitions]: (details?: ErrorDetails) => PosthornError
}

/** Every code a room can raise, for documentation and the uniqueness test. */
export const errorCatalogue = new Map<string, ErrorDefinition>()

/** A room's errors: code → factory. Codes are stable, lower snake case and unique over all rooms. */
export function defineErrors<const Definitions extends Record<string, ErrorDefinition>>(
  definitions: Definitions,
): ErrorFactories<Definitions> {
  const factories: Record<string, (details?: ErrorDetails) => PosthornError> = {}
  for (const [code, { status, title }] of Object.entries(definitions)) {
    if (errorCatalogue.has(code)) throw new Error(`The error code ${code} is defined twice`)
    errorCatalogue.set(code, { status, title })
    factories[code] = (details) => new PosthornError(code, status, title, details)
  }
  return factories as ErrorFactories<Definitions>
}

/** Errors that more than one room raises. */
export const commonErrors = defineErrors({
  validation_failed: { status: 422, title: 'The request is not valid' },
  not_found: { status: 404, title: 'Not found' },
  organisation_required: { status: 400, title: 'This request needs an organisation' },
  database_unavailable: { status: 503, title: 'The database cannot be reached right now' },
  internal_error: { status: 500, title: 'Internal error' },
})

/** One thing that was wrong with the input. */
export interface FieldIssue {
  /** Dotted path such as `events.3.entityId`; empty for the whole body. */
  field: string
  /** What is wrong with it: `must be a UUID`. */
  message: string
  /** What to do about it, when there is something to say. */
  fix?: string
}

/** Everything a {@link PosthornApiError} says, as the server put it (RFC 9457). */
export interface ApiErrorFields {
  status: number
  code: string
  title: string
  detail: string | undefined
  issues: FieldIssue[]
  requestId: string | undefined
}

/**
 * The server answered, but not with a success. Decide by `code`, which is stable; show `message`.
 * A request that got no answer at all fails with a `TypeError` instead, as `fetch` does.
 */
export class PosthornApiError extends Error {
  override readonly name = 'PosthornApiError'
  /** HTTP status of the answer. */
  readonly status: number
  /** Stable name of the error, for instance `validation_failed`; `http_<status>` if a proxy answered. */
  readonly code: string
  /** The error in a few words, the same for every request that fails with this `code`. */
  readonly title: string
  /** What was wrong with this request, if the server said. */
  readonly detail: string | undefined
  /** Each thing that is wrong with the input; empty for other errors. */
  readonly issues: readonly FieldIssue[]
  /** Names the request in the server's log. */
  readonly requestId: string | undefined

  constructor(fields: ApiErrorFields) {
    super(describe(fields))
    this.status = fields.status
    this.code = fields.code
    this.title = fields.title
    this.detail = fields.detail
    this.issues = fields.issues
    this.requestId = fields.requestId
  }
}

/** Reads the error out of an answer; a proxy's answer, which is no problem+json, is understood too. */
export async function toApiError(response: Response): Promise<PosthornApiError> {
  const { status } = response
  const text = await response.text().catch(() => '')
  const problem = parseObject(text)
  return new PosthornApiError({
    status,
    code: stringOf(problem['code']) ?? `http_${status}`,
    title: stringOf(problem['title']) ?? (response.statusText || `HTTP ${status}`),
    detail: stringOf(problem['detail']),
    issues: Array.isArray(problem['errors']) ? (problem['errors'] as FieldIssue[]) : [],
    requestId: stringOf(problem['requestId']) ?? response.headers.get('x-request-id') ?? undefined,
  })
}

function describe({ status, code, title, detail, issues }: ApiErrorFields): string {
  const fields = issues.map((issue) => `${issue.field || 'body'} ${issue.message}`).join('; ')
  return [`${title} (${status} ${code})`, detail, fields].filter(Boolean).join(': ')
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

import { toApiError } from './api-error.ts'
import { type CredentialOptions, createAuthorize } from './credential.ts'
import { isTransient, retryDelayMs } from './retry.ts'
import { uuidV7 } from './uuid-v7.ts'

/** What a client needs to know of its server. */
export interface ConnectionOptions extends CredentialOptions {
  /** Where the API is, with the path it is mounted at: `https://posthorn.example.com`. */
  url: string
  /** Another `fetch`, for instance one with a proxy. @default the global one */
  fetch?: typeof globalThis.fetch
  /** How often a request that may be repeated is tried again. @default 3 */
  retries?: number
  /** How long one try may take, milliseconds. @default 30000 */
  timeoutMs?: number
}

/** One call of the API. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the server's URL, with what is variable in it encoded: see {@link path}. */
  path: string
  /** A list is sent as one value, separated by commas. */
  query?: Record<string, string | number | boolean | readonly string[] | null | undefined>
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** JSON already, instead of `body`. */
  json?: string
  /** The answer is handed over as a stream of bytes, whatever its type; the deadline is for its beginning then. */
  stream?: boolean
  /**
   * Whether sending it twice does what sending it once does. What does not gets an `Idempotency-Key`, by which the server
   * knows it again. @default true for all methods but POST
   */
  idempotent?: boolean
  /** Gives it up: it throws the signal's reason then. */
  signal?: AbortSignal | undefined
}

/** Sends a request and returns the answer's JSON, or its stream. @throws PosthornApiError, TypeError */
export type Send = <Answer>(request: ApiRequest) => Promise<Answer>

/** One request whose answer is read as it comes. */
export interface OpenRequest extends Pick<ApiRequest, 'method' | 'path' | 'query'> {
  headers: Record<string, string>
  signal: AbortSignal
}

/** Sends a request once and returns the answer, whatever its status. @throws TypeError */
export type OpenResponse = (request: OpenRequest) => Promise<Response>

/** The way to the server for answers that have no end. */
export function createOpen(options: ConnectionOptions): OpenResponse {
  const base = options.url.replace(/\/+$/, '')
  const fetch = options.fetch ?? globalThis.fetch
  const authorize = createAuthorize(options)
  return ({ method, path, query, headers, signal }) =>
    authorize((authorization) =>
      fetch(base + path + queryOf(query), {
        method,
        headers: { ...headers, authorization },
        redirect: 'error',
        signal,
      }),
    )
}

/** A path with its variable parts encoded: `` path`/v1/events/${id}` ``. */
export function path(literals: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: literals }, ...values.map(encodeURIComponent))
}

/** The way to the server that all of a client's calls share. */
export function createSend(options: ConnectionOptions): Send {
  const { retries = 3, timeoutMs = 30_000 } = options
  const base = options.url.replace(/\/+$/, '')
  const fetch = options.fetch ?? globalThis.fetch
  const authorize = createAuthorize(options)

  async function tryOnce(
    request: ApiRequest,
    url: string,
    authorization: string,
  ): Promise<Response> {
    const json =
      request.json ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
    const deadline = new AbortController()
    const timer = setTimeout(
      () => deadline.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError')),
      timeoutMs,
    )
    const sent = fetch(url, {
      method: request.method,
      headers: {
        ...request.headers,
        accept: request.stream ? '*/*' : 'application/json',
        authorization,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: json }),
      // A redirect would carry the key elsewhere, or turn a POST into a GET.
      redirect: 'error',
      signal: AbortSignal.any([
        request.stream ? deadline.signal : AbortSignal.timeout(timeoutMs),
        ...(request.signal ? [request.signal] : []),
      ]),
    })
    return sent.finally(() => clearTimeout(timer))
  }

  return async <Answer>(request: ApiRequest): Promise<Answer> => {
    const url = base + request.path + queryOf(request.query)
    const tries = retries + 1
    const sent =
      (request.idempotent ?? request.method !== 'POST')
        ? request
        : { ...request, headers: { ...request.headers, 'idempotency-key': uuidV7() } }
    for (let failures = 1; ; failures++) {
      let delayMs: number | undefined
      try {
        const response = await authorize((authorization) => tryOnce(sent, url, authorization))
        // Reading may fail as sending may: a connection can break in the middle of an answer.
        if (response.ok) {
          return (request.stream ? response.body : await readJson(response)) as Answer
        }
        delayMs = mayComeBack(response)
          ? retryDelayMs(failures, response.headers.get('retry-after'))
          : undefined
        if (failures >= tries || delayMs === undefined) throw await toApiError(response)
        await response.body?.cancel()
      } catch (error) {
        if (!isConnectionError(error)) throw error
        if (failures >= tries) throw unreachable(request, url, error)
        delayMs = retryDelayMs(failures, null)
      }
      await new Promise((resolve) => setTimeout(resolve, delayMs))
    }
  }
}

/** A 409 that asks for patience is of a request whose first try is still under way. */
function mayComeBack({ status, headers }: Response): boolean {
  return isTransient(status) || (status === 409 && headers.has('retry-after'))
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

function queryOf(query: ApiRequest['query'] = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(name, String(value))
  }
  return search.size === 0 ? '' : `?${search}`
}

/** `fetch` throws a TypeError for a broken connection, and a TimeoutError for our own deadline. */
export function isConnectionError(error: unknown): error is Error {
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
}

/** `fetch failed` alone helps nobody. */
function unreachable(request: ApiRequest, url: string, error: Error): TypeError {
  const { cause } = error
  const reason = cause instanceof Error && cause.message !== '' ? cause.message : error.message
  return new TypeError(`No answer to ${request.method} ${url.split('?')[0]}: ${reason}`, {
    cause: error,
  })
}

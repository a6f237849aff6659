import { maskHeaders } from '../kernel/mask-headers.ts'
import { compileMatcher, type Matcher } from './compile-matcher.ts'
import { type SigningKey, signingKeysOf } from './signing-key.ts'
import type { SubscriptionRow } from './store.ts'

/** A subscription made ready for matching and sending: parsed once, used per delivery. */
export interface CompiledSubscription extends Matcher {
  id: string
  organisationId: string | null
  /** `unusable`: put there by hand, in a way that nothing can be sent. It hears nothing. */
  status: 'active' | 'paused' | 'disabled' | 'deleted' | 'unusable'
  /** What is wrong with it; null unless it is unusable. */
  unusableReason: string | null
  mode: 'webhook' | 'pull'
  /** Empty for `pull`, as all that only a request needs. */
  url: string
  origin: string
  path: string
  headers: Readonly<Record<string, string>>
  /** What an attempt's record shows of them; null when there are none. */
  headersForLog: Readonly<Record<string, string>> | null
  /** The current one, and after it those before. */
  signingKeys: readonly SigningKey[]
  retryScheduleSeconds: readonly number[] | null
  timeoutMs: number | null
  /** Requests per second, or null for as many as it copes with. */
  rateLimit: number | null
  ordering: 'none' | 'entity'
}

/** Never throws: what cannot be used comes out as `unusable`, with the reason. */
export function compileSubscription(row: SubscriptionRow): CompiledSubscription {
  const status = row.deletedAt ? 'deleted' : row.status
  const mode = row.mode === 'pull' ? ('pull' as const) : ('webhook' as const)
  const common = { id: row.id, organisationId: row.organisationId, mode, url: row.url ?? '' }
  try {
    if (row.sealedReason !== undefined) return { ...common, ...compileSealed(row, status) }
    return { ...common, ...compileUsable(row), status: statusOf(status), unusableReason: null }
  } catch (error) {
    const unusableReason = error instanceof Error ? error.message : 'It cannot be read.'
    // What is stopped stays so: what it holds is not failed before somebody wants it sent.
    const stopped = status === 'paused' || status === 'disabled' || status === 'deleted'
    return { ...common, ...nothing, status: stopped ? status : 'unusable', unusableReason }
  }
}

const sealedFix =
  'Until then what it hears waits. If that key is lost, rotate the secret and set the headers anew.'

/**
 * A key that is missing in this process, or was lost, is the operator's mistake and not the subscription's: it hears as
 * before, and what it hears waits until the secret opens or is rotated.
 */
function compileSealed(row: SubscriptionRow, status: string) {
  return {
    ...nothing,
    ...compileMatcher(row),
    ordering: row.ordering as CompiledSubscription['ordering'],
    status: status === 'active' ? ('paused' as const) : statusOf(status),
    unusableReason: `${row.sealedReason} ${sealedFix}`,
  }
}

type Compiled = Omit<
  CompiledSubscription,
  'id' | 'organisationId' | 'mode' | 'url' | 'status' | 'unusableReason'
>

const nothing: Compiled = {
  origin: '',
  path: '',
  headers: {},
  headersForLog: null,
  signingKeys: [],
  retryScheduleSeconds: null,
  timeoutMs: null,
  rateLimit: null,
  ordering: 'none',
  readsData: false,
  matches: () => false,
}

function compileUsable(row: SubscriptionRow): Compiled {
  const { ordering, retryScheduleSeconds } = row
  const common = {
    ...compileMatcher(row),
    retryScheduleSeconds,
    ordering: ordering as CompiledSubscription['ordering'],
  }
  if (row.mode === 'pull') return { ...nothing, ...common }
  const url = URL.parse(row.url ?? '')
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error('Its URL is not one of http or https.')
  const signingKeys = signingKeysOf(row)
  if (!isHeaders(row.headers)) throw new Error('Its headers are not an object of texts.')
  return {
    ...common,
    origin: url.origin,
    path: url.pathname + url.search,
    headers: row.headers,
    headersForLog: Object.keys(row.headers).length === 0 ? null : maskHeaders(row.headers),
    signingKeys,
    timeoutMs: row.timeoutMs,
    rateLimit: row.rateLimit,
  }
}

function statusOf(status: string): CompiledSubscription['status'] {
  if (status === 'active' || status === 'paused' || status === 'disabled' || status === 'deleted')
    return status
  throw new Error(`Its status is ${status}, which is none.`)
}

function isHeaders(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((text) => typeof text === 'string')
}

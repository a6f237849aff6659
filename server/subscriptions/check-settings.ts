import { checkDestinationUrl } from '../kernel/destination.ts'
import { commonErrors, type FieldIssue } from '../kernel/errors.ts'
import type { Config } from '../options.ts'
import { checkHeaders } from './headers.ts'
import type { Subscription, SubscriptionInput, SubscriptionPatch } from './schemas.ts'
import type { SubscriptionColumns } from './store.ts'

/** Checks what a schema cannot say and turns the settings into columns; absent fields stay absent. */
export function toColumns(
  config: Config,
  mode: Subscription['mode'],
  settings: SubscriptionPatch,
): SubscriptionColumns {
  const issues =
    mode === 'pull'
      ? checkPulled(settings)
      : [
          ...(settings.url === undefined ? [] : checkUrl(settings.url, config)),
          ...(settings.headers === undefined ? [] : checkHeaders(settings.headers)),
        ]
  if (issues.length > 0) throw commonErrors.validation_failed({ issues })
  const columns: SubscriptionColumns = {}
  if (settings.uid !== undefined) columns.uid = settings.uid
  if (settings.url !== undefined) columns.url = settings.url
  if (settings.description !== undefined) columns.description = settings.description
  if (settings.entityTypes !== undefined) columns.entity_types = settings.entityTypes
  if (settings.eventTypes !== undefined) columns.event_types = settings.eventTypes
  if (settings.entityIds !== undefined) columns.entity_ids = settings.entityIds
  if (settings.filter !== undefined) columns.filter = settings.filter
  if (settings.headers !== undefined) columns.headers = settings.headers
  if (settings.retry !== undefined)
    columns.retry_schedule_seconds = settings.retry?.scheduleSeconds ?? null
  if (settings.timeoutMs !== undefined) columns.timeout_ms = settings.timeoutMs
  if (settings.rateLimit !== undefined) columns.rate_limit = settings.rateLimit
  if (settings.ordering !== undefined) columns.ordering = settings.ordering
  if (settings.metadata !== undefined) columns.metadata = settings.metadata
  return columns
}

/** Of a subscription that is registered or replaced: a webhook needs a URL. */
export function toAllColumns(config: Config, input: SubscriptionInput): SubscriptionColumns {
  const { mode = 'webhook', url, signing, secret } = input
  if (signing === 'ed25519' && secret !== undefined) {
    const fix =
      'Leave it out: the key pair is made here, and its private key never leaves the server.'
    const message = 'cannot be given with signing "ed25519"'
    throw commonErrors.validation_failed({ issues: [{ field: 'secret', message, fix }] })
  }
  const settings = mode === 'webhook' ? { ...input, url: url ?? null } : input
  return { ...toColumns(config, mode, settings), mode }
}

function checkUrl(url: string | null, config: Config): FieldIssue[] {
  if (url !== null) return checkDestinationUrl(url, config)
  const fix = 'Send the URL to POST to, or mode "pull" to fetch the deliveries.'
  return [{ field: 'url', message: 'is required', fix }]
}

/** What only a request needs is refused rather than ignored. */
function checkPulled(settings: SubscriptionPatch): FieldIssue[] {
  const { url, headers = {}, timeoutMs, rateLimit, signing } = settings
  const given = {
    url: url !== undefined && url !== null,
    headers: Object.keys(headers).length > 0,
    timeoutMs: timeoutMs !== undefined && timeoutMs !== null,
    rateLimit: rateLimit !== undefined && rateLimit !== null,
    signing: signing === 'ed25519',
  }
  return Object.entries(given)
    .filter(([, isGiven]) => isGiven)
    .map(([field]) => ({
      field,
      message: 'has no meaning where deliveries are fetched',
      fix: 'Leave it out with mode "pull".',
    }))
}

/** What a `PUT` means for the fields it leaves out. */
export const defaultColumns = {
  url: null,
  description: null,
  entity_types: null,
  event_types: null,
  entity_ids: null,
  filter: null,
  headers: {},
  retry_schedule_seconds: null,
  timeout_ms: null,
  rate_limit: null,
  ordering: 'none',
  metadata: {},
} satisfies SubscriptionColumns

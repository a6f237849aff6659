import { checkDestinationUrl } from '../kernel/destination.ts'
import { commonErrors } from '../kernel/errors.ts'
import type { Config } from '../options.ts'
import { checkHeaders } from './headers.ts'
import type { SubscriptionPatch } from './schemas.ts'
import type { SubscriptionColumns } from './store.ts'

/** Checks what a schema cannot say and turns the settings into columns; absent fields stay absent. */
export function toColumns(config: Config, settings: SubscriptionPatch): SubscriptionColumns {
  const issues = [
    ...(settings.url === undefined ? [] : checkDestinationUrl(settings.url, config)),
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

/** What a `PUT` means for the fields it leaves out. */
export const defaultColumns = {
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

import { createSecretKey, type KeyObject } from 'node:crypto'
import { compileFilter } from './filter.ts'
import type { SubscriptionFilter } from './filter-schema.ts'
import { compileNamePatterns } from './match-event-type.ts'
import { secretKey } from './secret.ts'
import type { SubscriptionRow } from './store.ts'

/** The facts of an event that decide who hears of it. `data` is only asked for when a filter needs it. */
export interface MatchableEvent {
  organisationId: string
  entityType: string
  entityId: string
  eventType: string
  data(): unknown
}

/** A subscription made ready for matching and sending: parsed once, used per delivery. */
export interface CompiledSubscription {
  id: string
  organisationId: string | null
  status: 'active' | 'paused' | 'disabled' | 'deleted'
  url: string
  origin: string
  path: string
  headers: Readonly<Record<string, string>>
  signingKeys: readonly KeyObject[]
  previousKeyExpiresAtMs: number
  retryScheduleSeconds: readonly number[] | null
  timeoutMs: number | null
  /** Requests per second, or null for as many as it copes with. */
  rateLimit: number | null
  ordering: 'none' | 'entity'
  matches(event: MatchableEvent): boolean
}

export function compileSubscription(row: SubscriptionRow): CompiledSubscription {
  const url = new URL(row.url)
  const entityTypes = row.entityTypes && new Set(row.entityTypes)
  const entityIds = row.entityIds && new Set(row.entityIds)
  const matchesEventType = compileNamePatterns(row.eventTypes)
  const matchesData =
    row.filter === null ? undefined : compileFilter(row.filter as SubscriptionFilter)
  const secrets = [row.secret, ...(row.previousSecret ? [row.previousSecret] : [])]
  return {
    id: row.id,
    organisationId: row.organisationId,
    status: row.deletedAt ? 'deleted' : (row.status as CompiledSubscription['status']),
    url: row.url,
    origin: url.origin,
    path: url.pathname + url.search,
    headers: row.headers as Record<string, string>,
    signingKeys: secrets.map((secret) => createSecretKey(secretKey(secret))),
    previousKeyExpiresAtMs: row.previousSecretExpiresAt?.getTime() ?? 0,
    retryScheduleSeconds: row.retryScheduleSeconds,
    timeoutMs: row.timeoutMs,
    rateLimit: row.rateLimit,
    ordering: row.ordering as CompiledSubscription['ordering'],
    matches: (event) =>
      (entityTypes === null || entityTypes.has(event.entityType)) &&
      matchesEventType(event.eventType) &&
      (entityIds === null || entityIds.has(event.entityId)) &&
      (matchesData === undefined || matchesData(event.data())),
  }
}

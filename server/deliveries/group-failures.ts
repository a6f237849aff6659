import { createHash } from 'node:crypto'
import { timeOfId } from '../kernel/ids.ts'
import type { FailureGroup } from './schemas.ts'

/** Deliveries that failed in the same way, to the letter of their error. */
export interface FailureRow {
  subscriptionId: string
  outcome: string | null
  statusCode: number | null
  error: string | null
  status: string
  eventType: string
  count: number
  /** Ids of the newest and the oldest. */
  newest: string
  oldest: string
}

/** Joins what differs in details only. Most frequent first, or newest first. */
export function groupFailures(
  rows: readonly FailureRow[],
  sort: 'count' | 'newest',
): FailureGroup[] {
  const groups = new Map<string, FailureRow[]>()
  for (const row of rows) {
    const { subscriptionId, outcome, statusCode, error } = row
    const key = JSON.stringify([subscriptionId, outcome, statusCode, error && kindOfError(error)])
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  const byTime = (a: FailureGroup, b: FailureGroup) => (a.deliveryId < b.deliveryId ? 1 : -1)
  return [...groups]
    .map(([key, group]) => ({ id: toId(key), ...toGroup(group) }))
    .sort((a, b) => (sort === 'count' && b.count - a.count) || byTime(a, b))
}

/** An error without what differs from one delivery to the next: ids, addresses, numbers. */
export function kindOfError(error: string): string {
  return error
    .toLowerCase()
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '#')
    .replace(/\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}/g, '#')
    .replace(/\d+(?:[.:]\d+)*/g, '#')
}

/** The same whenever it is asked for, and short enough for an address. */
function toId(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16)
}

function toGroup(rows: FailureRow[]): Omit<FailureGroup, 'id'> {
  const newest = rows.reduce((one, other) => (other.newest > one.newest ? other : one))
  const oldest = rows.reduce((one, other) => (other.oldest < one.oldest ? other : one))
  const sum = (some: FailureRow[]) => some.reduce((total, row) => total + row.count, 0)
  const failed = sum(rows.filter((row) => row.status === 'failed'))
  const count = sum(rows)
  const { subscriptionId, outcome, statusCode, error } = newest
  return {
    subscriptionId,
    outcome,
    statusCode,
    error,
    count,
    failed,
    pending: count - failed,
    oldestAt: new Date(timeOfId(oldest.oldest)).toISOString(),
    newestAt: new Date(timeOfId(newest.newest)).toISOString(),
    deliveryId: newest.newest,
    eventTypes: [...new Set(rows.map((row) => row.eventType))].sort(),
  }
}

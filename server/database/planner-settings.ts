import type { Tx } from './database.ts'

/*
 * What the planner may do is said once per connection, because of what it knows it is never sure: the queue is empty
 * one moment and huge the next, and a prepared statement keeps the plan of whenever it was made (decision 0023).
 */

/** For statements that pick rows of large tables: by the index, and in its order. */
export const byIndex = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  // Or the oldest hundred would be found by reading and sorting everything that waits.
  enable_sort: 'off',
  enable_bitmapscan: 'off',
}

/** For statements that join the lists of one batch with each other: by hash, or a full batch would be quadratic. */
export const byHash = { enable_nestloop: 'off' }

/** As `byIndex`, for the rest of one transaction of another connection. */
export function planByIndex(tx: Tx): void {
  set(tx, byIndex)
}

/**
 * For searches of a log: by the indexes that they were written for, planned afresh for what is asked. Statistics are of
 * yesterday, of an empty table or of all organisations together, and a plan that was kept for its statement is older still.
 */
export function planSearchByIndex(tx: Tx): void {
  // Here sorting is allowed: what is sorted is bounded.
  const { enable_sort: _, ...settings } = byIndex
  set(tx, { ...settings, plan_cache_mode: 'force_custom_plan', jit: 'off', work_mem: '32MB' })
}

/** Until the transaction ends. Not awaited: it travels with the next statement and runs before it. */
function set(tx: Tx, settings: Record<string, string>): void {
  tx`select set_config(key, value, true) from json_each_text(${JSON.stringify(settings)}::text::json)`.execute()
}

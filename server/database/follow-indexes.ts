import type { Tx } from './database.ts'

/**
 * Makes the rest of a transaction plan by the indexes that its statements were written for. Statistics are of yesterday,
 * of an empty table or of all organisations together, and a plan that was kept for its statement is older still. Not
 * awaited: it travels with the next statement.
 */
export function followIndexes(tx: Tx): void {
  tx`select set_config(name, value, true) from (values ('enable_seqscan', 'off'), ('enable_bitmapscan', 'off'),
    ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('plan_cache_mode', 'force_custom_plan'), ('jit', 'off'),
    ('work_mem', '32MB')) as settings (name, value)`.execute()
}

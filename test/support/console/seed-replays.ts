import type postgres from 'postgres'
import { hourMs, idAt, minuteMs, organisations, subscriptions } from './seed-ids.ts'

export const replayIds = {
  running: replayId(1),
  paused: replayId(2),
  completed: replayId(3),
  cancelled: replayId(4),
  failed: replayId(5),
} as const

function replayId(number: number): string {
  return `01990001-0000-7000-8000-${String(number).padStart(12, '0')}`
}

/** One replay in each state. */
export async function seedReplays(sql: postgres.Sql, nowMs: number): Promise<void> {
  const ago = (ms: number) => new Date(nowMs - ms)
  const rows = [
    {
      status: 'running',
      mode: 'failed',
      queued: 340,
      skipped: { succeeded: 12 },
      ratePerSecond: 20,
    },
    { status: 'paused', mode: 'missing', queued: 15, skipped: {}, ratePerSecond: 1 },
    { status: 'completed', mode: 'all', queued: 120, skipped: { pending: 3, paused: 4 } },
    { status: 'cancelled', mode: 'failed', queued: 2, skipped: {} },
    {
      status: 'failed',
      mode: 'failed',
      queued: 0,
      skipped: {},
      error: 'the filter cannot be read',
    },
  ] as const
  for (const [index, row] of rows.entries()) {
    const isOver = row.status !== 'running' && row.status !== 'paused'
    const createdAt = ago(index * hourMs + 5 * minuteMs)
    const selected = row.status === 'cancelled'
    await sql`insert into replays ${sql({
      id: replayIds[row.status],
      organisation_id: organisations.acme.id,
      mode: row.mode,
      filter: sql.json(selected ? {} : { subscriptionId: [subscriptions.failing] }),
      delivery_ids: selected ? [idAt(nowMs, 'one'), idAt(nowMs, 'two')] : null,
      status: row.status,
      rate_per_second: 'ratePerSecond' in row ? row.ratePerSecond : null,
      estimate: sql.json({ willSend: 500, complete: index !== 0 }),
      queued: row.queued,
      skipped: sql.json(row.skipped),
      error: 'error' in row ? row.error : null,
      created_by: 'api_key:01990002-0000-7000-8000-000000000002',
      created_at: createdAt,
      updated_at: createdAt,
      finished_at: isOver ? ago(index * hourMs) : null,
    })}`
  }
}

import dayjs from 'dayjs'
import type { Messages } from '../messages/use-messages.ts'
import { describeDuration } from '../time/duration.ts'

export function absoluteTime(time: string): string {
  return dayjs(time).format('YYYY-MM-DD HH:mm:ss')
}

/** "Since 2026-11-22 16:00:00, the last 24 h": both, for a replay goes by the first and people think in the second. */
export function describeRange(
  { since, until }: { since?: string | undefined; until?: string | undefined },
  t: Messages['replays']['ranges'],
  nowMs: number,
): string {
  if (since && until) {
    const lengthMs = Date.parse(until) - Date.parse(since)
    return `${t.between(absoluteTime(since), absoluteTime(until))} (${describeDuration(lengthMs)})`
  }
  if (since) {
    return `${t.since(absoluteTime(since))} (${t.ago(describeDuration(nowMs - Date.parse(since)))})`
  }
  return until ? t.until(absoluteTime(until)) : t.any
}

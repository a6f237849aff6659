import type { PlannedDelivery } from '../deliveries/index.ts'
import type { ReplaySkipped } from './schemas.ts'

/** A place in the walk: a row of the ledger, or of the events. */
export interface Position {
  organisationId: string
  id: string
}

/** How far a replay has come: null before it began. */
export type Cursor = { at: Position } | { end: true } | null

/** What is to become of a delivery: `send`, or why not. */
export type Verdict = 'send' | keyof ReplaySkipped

/** A delivery, existing or possible, that matches what a replay asks for. */
export interface Candidate {
  position: Position
  verdict: Verdict
  deliveryId: string
  /** For one that does not exist yet. */
  planned?: PlannedDelivery & { organisation_id: string; event_id: string }
}

/** A bounded look at what comes next, oldest first. */
export interface Window {
  candidates: Candidate[]
  /** Rows that were read for it, matching or not. */
  scanned: number
  /** Where the next look begins. */
  next: Exclude<Cursor, null>
}

/** What a turn of a replay does. */
export interface Batch {
  send: Candidate[]
  skipped: ReplaySkipped
  next: Exclude<Cursor, null>
}

export const noneSkipped: ReplaySkipped = {
  succeeded: 0,
  failed: 0,
  pending: 0,
  paused: 0,
  inactive: 0,
  beyondRetention: 0,
}

/** As much of a window as has at most `sendMax` to send; the rest is for the next turn. */
export function planBatch(window: Window, sendMax: number): Batch {
  const send: Candidate[] = []
  const skipped = { ...noneSkipped }
  let last: Position | undefined
  for (const candidate of window.candidates) {
    if (candidate.verdict !== 'send') skipped[candidate.verdict]++
    else if (send.length === sendMax)
      return { send, skipped, next: last ? { at: last } : window.next }
    else send.push(candidate)
    last = candidate.position
  }
  return { send, skipped, next: window.next }
}

export function addSkipped(a: ReplaySkipped, b: Partial<ReplaySkipped>): ReplaySkipped {
  const sum = { ...a }
  for (const [reason, count] of Object.entries(b)) sum[reason as keyof ReplaySkipped] += count
  return sum
}

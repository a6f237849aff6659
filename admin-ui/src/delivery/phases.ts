import type { Attempt } from '@posthorn/sdk'

export interface Phase {
  kind: 'connect' | 'wait' | 'answer' | 'failed'
  ms: number
}

/** Where the time of an attempt went. What was not reached is not there. */
export function phasesOf({ connectMs, firstByteMs, durationMs }: Attempt): Phase[] {
  const connected = connectMs ?? 0
  const phases: Phase[] = []
  if (connectMs !== null) phases.push({ kind: 'connect', ms: connectMs })
  if (firstByteMs === null) {
    phases.push({ kind: 'failed', ms: Math.max(0, durationMs - connected) })
  } else {
    phases.push({ kind: 'wait', ms: Math.max(0, firstByteMs - connected) })
    phases.push({ kind: 'answer', ms: Math.max(0, durationMs - firstByteMs) })
  }
  return phases
}

/** There was an answer without any connecting before it. */
export function reusedConnection({ connectMs, firstByteMs }: Attempt): boolean {
  return connectMs === null && firstByteMs !== null
}

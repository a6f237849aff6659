import type { Delivery } from '@posthorn/sdk'
import { useState } from 'react'
import type { Access } from '../api.ts'
import { messages } from '../messages.ts'
import { type Problem, toProblem } from '../problem.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'

interface Props {
  access: Access
  delivery: Delivery
  onReplayed: () => void
}

/** Where a delivery stands, and the button that tries it again. */
export function Replay({ access, delivery, onReplayed }: Props) {
  const [busy, setBusy] = useState(false)
  const [attemptsBefore, setAttemptsBefore] = useState<number>()
  const [problem, setProblem] = useState<Problem>()
  const { scopes } = access.session
  const allowed = scopes.includes('admin') || scopes.includes('deliveries:replay')
  const pending = delivery.status === 'pending'
  const enabled = allowed && !pending && !busy

  const replay = async () => {
    setBusy(true)
    setAttemptsBefore(undefined)
    setProblem(undefined)
    try {
      await access.client.deliveries.replay(delivery.id)
      setAttemptsBefore(delivery.attempts)
      onReplayed()
    } catch (error) {
      setProblem(toProblem(error))
    }
    setBusy(false)
  }

  function note(): string | undefined {
    if (!allowed) return messages.detail.replayForbidden
    if (attemptsBefore === undefined) return pending ? messages.detail.replayPending : undefined
    const tried = !pending && delivery.attempts > attemptsBefore
    return tried ? messages.detail.replayFinished : messages.detail.replayed
  }

  return (
    <div className="replay">
      <StatusBadge status={delivery.status} />
      {/* Not `disabled`, which would take the focus away from whoever just pressed it. */}
      <button
        type="button"
        className="primary"
        aria-disabled={!enabled}
        aria-describedby="replay-note"
        onClick={() => enabled && void replay()}
      >
        {busy ? messages.detail.replaying : messages.detail.replay}
      </button>
      <p id="replay-note" className="hint" role="status">
        {note()}
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </div>
  )
}

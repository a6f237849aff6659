import { messages } from '../messages.ts'
import type { Problem } from '../problem.ts'

interface Props {
  problem: Problem
  /** Said before the problem's own title. */
  lead?: string
  onRetry?: () => void
}

export function ProblemNotice({ problem, lead, onRetry }: Props) {
  return (
    <div className="notice" role="alert">
      <p className="notice-title">
        {lead && `${lead} `}
        {problem.title}
      </p>
      {problem.detail && <p>{problem.detail}</p>}
      {problem.requestId && (
        <p className="hint mono">{messages.problem.request(problem.requestId)}</p>
      )}
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {messages.problem.retry}
        </button>
      )}
    </div>
  )
}

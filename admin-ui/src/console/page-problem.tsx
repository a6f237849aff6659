import type { ErrorComponentProps } from '@tanstack/react-router'
import { Centre } from '../ui/centre.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'

export function PageProblem({ error, reset }: ErrorComponentProps) {
  return (
    <Centre>
      <ProblemAlert error={error} onRetry={reset} />
    </Centre>
  )
}

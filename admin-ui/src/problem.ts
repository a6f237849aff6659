import { PosthornApiError } from '@posthorn/sdk'
import { messages } from './messages.ts'

/** What went wrong, for people. */
export interface Problem {
  title: string
  detail?: string | undefined
  requestId?: string | undefined
}

export function toProblem(error: unknown): Problem {
  if (error instanceof PosthornApiError) return error
  // What fetch throws when there was no answer.
  if (error instanceof TypeError) {
    return { title: messages.problem.unreachable, detail: messages.problem.unreachableDetail }
  }
  return {
    title: messages.problem.unexpected,
    detail: error instanceof Error ? error.message : undefined,
  }
}

import { PosthornApiError } from '@posthorn/sdk'
import type { Messages } from '../messages/use-messages.ts'

/** What went wrong, for people. */
export interface Problem {
  title: string
  detail?: string | undefined
  requestId?: string | undefined
}

export function describeProblem(error: unknown, t: Messages['common']): Problem {
  if (error instanceof PosthornApiError) return error
  // What fetch throws when there was no answer.
  if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')) {
    return { title: t.unreachable, detail: t.unreachableDetail }
  }
  return { title: t.unexpected, detail: error instanceof Error ? error.message : undefined }
}

import { notifications } from '@mantine/notifications'
import type { Messages } from '../messages/use-messages.ts'
import { describeProblem } from './describe-problem.ts'

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal' })
}

/** For what was asked for by a button and has no other place to say that it failed. */
export function notifyProblem(error: unknown, t: Messages['common']): void {
  const { title, detail, requestId } = describeProblem(error, t)
  // The same again, of many that failed at once, is said once.
  const id = `problem: ${title} ${detail}`
  const message = [detail, requestId && t.requestId(requestId)].filter(Boolean).join(' · ')
  notifications.show({ id, title, message, color: 'red', autoClose: 10_000 })
}

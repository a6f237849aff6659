import { words } from '../activity/describe-event.ts'

/** A shape and a word, never colour alone. */
export function StatusTag({ status }: { status: string }) {
  return (
    <span className="tag" data-status={status}>
      <span className="dot" aria-hidden="true" />
      {words(status)}
    </span>
  )
}

export function PriorityTag({ priority }: { priority: string }) {
  return (
    <span className="priority" data-priority={priority}>
      {priority}
    </span>
  )
}

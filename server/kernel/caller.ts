import type { Actor, Operator } from './actor.ts'

/** Who asked for something, and from where: made once per request or command, handed to every verb that changes something. */
export interface Caller {
  actor: Actor | Operator
  /** Null where no socket is seen, as behind a fetch handler. */
  ipAddress: string | null
  userAgent: string | null
  requestId: string
}

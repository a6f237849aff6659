import type { Actor, Operator } from './actor.ts'

/** Who asked for something, and from where: made once per request or command, handed to every verb that changes something. */
export interface Caller {
  actor: Actor | Operator
  /** Null where no socket is seen, as behind a fetch handler. */
  ipAddress: string | null
  userAgent: string | null
  requestId: string
  /** Where the request came with an `Idempotency-Key`: settled by the transaction of what it changes. */
  claim?: Claim
}

/** The right to carry out a request with an `Idempotency-Key`. */
export interface Claim {
  /** Names the key, and whose it is. */
  digest: string
  id: string
  /** When the first request with the key came, milliseconds since 1970. */
  firstAtMs: number
}

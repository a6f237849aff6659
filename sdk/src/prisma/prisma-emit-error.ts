/** What was wrong with the use of `$emit`. */
export type PrismaEmitReason =
  | 'outside_transaction'
  | 'transaction_ended'
  | 'not_awaited'
  | 'emit_failed'

const messages: Record<PrismaEmitReason, string> = {
  outside_transaction:
    'was called outside of an interactive transaction, where the event would be kept although the change it tells of fails. ' +
    'Call it on the `tx` of `prisma.$transaction(async (tx) => { … })`; there is no form for `$transaction([…])`.',
  transaction_ended:
    'was called on a transaction that has ended, so the event is not part of it. ' +
    'Await everything that emits before the callback of `$transaction` returns.',
  not_awaited:
    'was still running when the callback of `$transaction` returned. The transaction was rolled back, or the event ' +
    'might have been lost. Write `await tx.$emit(…)`.',
  emit_failed:
    'failed, but the callback of `$transaction` did not. The transaction was rolled back, for it would have committed ' +
    'without the event. Await it and let its error leave the callback; catch it around `$transaction`.',
}

/** `$emit` was used in a way that loses events or keeps those of a change that failed. `message` names the fix. */
export class PrismaEmitError extends Error {
  override readonly name = 'PrismaEmitError'
  readonly reason: PrismaEmitReason

  /** @param method what was called; @param cause what it failed with, if it did */
  constructor(reason: PrismaEmitReason, method = '$emit', cause?: unknown) {
    super(`${method} ${messages[reason]}`, cause === undefined ? undefined : { cause })
    this.reason = reason
  }
}

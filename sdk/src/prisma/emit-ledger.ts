import { PrismaEmitError } from './prisma-emit-error.ts'

/** What was emitted in one transaction, and what became of it. */
export class EmitLedger {
  readonly #running = new Map<symbol, { method: string; settled: Promise<void> }>()
  #failure: { method: string; error: unknown } | undefined
  #isClosed = false

  /** Starts `emit` at once. What it rejects with is kept, so that nobody's catch can hide it. */
  record<T>(method: string, emit: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new PrismaEmitError('transaction_ended', method)
    const emitted = emit()
    const key = Symbol()
    // Heard of before whoever awaits it goes on, so that what was awaited no longer runs at the end.
    const settled = emitted.then(
      () => {
        this.#running.delete(key)
      },
      (error: unknown) => {
        this.#running.delete(key)
        this.#failure ??= { method, error }
      },
    )
    this.#running.set(key, { method, settled })
    return emitted
  }

  /**
   * No more of this transaction. Resolves when nothing of it runs, so that a rollback comes after the last statement.
   * @returns why it must not commit, if it must not
   */
  async close(): Promise<PrismaEmitError | undefined> {
    this.#isClosed = true
    const running = [...this.#running.values()]
    await Promise.all(running.map(({ settled }) => settled))
    if (this.#failure)
      return new PrismaEmitError('emit_failed', this.#failure.method, this.#failure.error)
    const [notAwaited] = running
    return notAwaited && new PrismaEmitError('not_awaited', notAwaited.method)
  }
}

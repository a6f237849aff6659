import type { Clock } from './clock.ts'

/** Reads at most once in `forMs`, however many ask. What failed is not kept. */
export function remember<T>(clock: Clock, forMs: number, read: () => Promise<T>): () => Promise<T> {
  let last: { atMs: number; answer: Promise<T> } | undefined
  return () => {
    const nowMs = clock.monotonicMs()
    if (last !== undefined && nowMs - last.atMs < forMs) return last.answer
    const asked = { atMs: nowMs, answer: read() }
    last = asked
    asked.answer.catch(() => {
      if (last === asked) last = undefined
    })
    return asked.answer
  }
}

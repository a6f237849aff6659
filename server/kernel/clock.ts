import { setTimeout as delay } from 'node:timers/promises'

/** Time and chance come through here, so that nothing else reads the machine's. */
export interface Clock {
  /** Wall clock, milliseconds since 1970. */
  now(): number
  /** Monotonic milliseconds, for durations and leases. */
  monotonicMs(): number
  /** From 0 to 1, for jitter. */
  random(): number
  /** Calls back after `ms`; the answer cancels it. */
  after(ms: number, callback: () => void): () => void
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
  sleep: (ms, signal) => delay(ms, undefined, signal && { signal }).catch(() => undefined),
}

/** What must not outlive the run, newest last. */
const cleanups = new Set<() => unknown>()

/** Runs when the benchmark is told to stop. Returns what takes it off again. */
export function onInterrupt(cleanup: () => unknown): () => void {
  cleanups.add(cleanup)
  return () => cleanups.delete(cleanup)
}

/** On SIGINT and SIGTERM: servers are stopped, then this process ends. */
export function cleanUpOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      const all = [...cleanups].reverse().map((cleanup) => Promise.resolve().then(cleanup))
      void Promise.allSettled(all).then(() => process.exit(1))
    })
  }
}

/** What must not outlive the run, newest last. */
const cleanups = new Set<() => unknown>()
let stopping = false

/** Runs when the benchmark ends before its time. Returns what takes it off again. */
export function onInterrupt(cleanup: () => unknown): () => void {
  cleanups.add(cleanup)
  return () => cleanups.delete(cleanup)
}

export function isInterrupted(): boolean {
  return stopping
}

/** On signals and faults: servers are stopped, then this process ends. */
export function cleanUpOnInterrupt(): void {
  // Not once: `timeout` and terminals send a signal to the process and to its group.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, cleanUp)
  process.on('uncaughtException', (error) => {
    // Whoever read our output may have gone.
    if (!('code' in error && error.code === 'EPIPE')) process.stderr.write(`${error.stack}\n`)
    cleanUp()
  })
}

function cleanUp(): void {
  if (stopping) return
  stopping = true
  const all = [...cleanups].reverse().map((cleanup) => Promise.resolve().then(cleanup))
  void Promise.allSettled(all).then(() => process.exit(1))
}

/** Hears of an organisation whose transaction has an event now; it may yet commit or roll back. */
export type EmitListener = (organisationId: string) => void

/**
 * On globalThis, because bundlers give one process several copies of this module. It holds listeners only while a
 * dispatcher runs in this process.
 */
const key = Symbol.for('posthorn.emitListeners')
const shared = globalThis as { [key]?: Set<EmitListener> }

/** Calls `listener` after each emit of this process. Returns what ends it; after the last, nothing is left behind. */
export function onEmitted(listener: EmitListener): () => void {
  shared[key] ??= new Set()
  const listeners = shared[key]
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && shared[key] === listeners) delete shared[key]
  }
}

export function noteEmitted(organisationId: string): void {
  for (const listener of shared[key] ?? []) listener(organisationId)
}

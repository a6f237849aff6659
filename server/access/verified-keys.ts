import type { Context } from '../context.ts'
import type { Actor } from '../kernel/actor.ts'

/** How long a key that was revoked in another process may still be taken here. */
const trustedForMs = 2000
/** Bounds memory; dropping an entry costs one query. */
const entriesMax = 1000
const lastUsedEveryMs = 60_000

interface Entry {
  askedAtMs: number
  actor: Promise<Actor | undefined>
}

/** Keys this process has just seen to be valid, so that not every request asks the database. */
export interface VerifiedKeys {
  /** The actor of a key, from memory or by `look`. Requests that come at once share one look. */
  find(
    key: string,
    nowMs: number,
    look: () => Promise<Actor | undefined>,
  ): Promise<Actor | undefined>
  /** Forgets all, so that a revocation in this process holds from the next request on. */
  clear(): void
  /** True once a minute per key: time to note that it is in use. */
  isUseDue(id: string, nowMs: number): boolean
}

export function createVerifiedKeys(): VerifiedKeys {
  const entries = new Map<string, Entry>()
  const notedAtMs = new Map<string, number>()
  return {
    find(key, nowMs, look) {
      const known = entries.get(key)
      if (known && nowMs - known.askedAtMs < trustedForMs) return known.actor
      const entry = { askedAtMs: nowMs, actor: look() }
      entries.delete(key)
      entries.set(key, entry)
      if (entries.size > entriesMax) dropOldest(entries)
      const forget = () => {
        if (entries.get(key) === entry) entries.delete(key)
      }
      // Only what is valid is remembered: guesses must not push keys out.
      entry.actor.then((actor) => actor === undefined && forget(), forget)
      return entry.actor
    },
    clear: () => entries.clear(),
    isUseDue(id, nowMs) {
      if (nowMs - (notedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < lastUsedEveryMs) return false
      notedAtMs.delete(id)
      notedAtMs.set(id, nowMs)
      if (notedAtMs.size > entriesMax) dropOldest(notedAtMs)
      return true
    },
  }
}

const perContext = new WeakMap<Context, VerifiedKeys>()

/** The ones of this server: authentication fills them, revocation clears them. */
export function verifiedKeysOf(ctx: Context): VerifiedKeys {
  const keys = perContext.get(ctx) ?? createVerifiedKeys()
  perContext.set(ctx, keys)
  return keys
}

function dropOldest<Value>(map: Map<string, Value>): void {
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
let serverAheadMs = 0

/** Takes over the server's clock: what is "3 seconds ago" must not depend on a wrong local one. */
export function followServerTime(serverTime: string): void {
  serverAheadMs = Date.parse(serverTime) - Date.now()
  tick()
}

/** The time now in milliseconds, once a second, from one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

/** The same for what no component does: as the server's clock has it. */
export function serverNowMs(): number {
  return Date.now() + serverAheadMs
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = serverNowMs()
  for (const listener of listeners) listener()
}

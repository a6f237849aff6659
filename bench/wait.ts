import { setTimeout as sleep } from 'node:timers/promises'

const everyMs = 10
const giveUpMs = 900_000

/** Resolves when the condition holds. Throws with what was missing when it does not for a long time. */
export async function waitUntil(missing: string, condition: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + giveUpMs
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`Gave up: ${missing}`)
    await sleep(everyMs)
  }
}

import { setTimeout as sleep } from 'node:timers/promises'

/** Asks until the answer is there. @throws when it is not within `timeoutMs`, saying what was waited for */
export async function poll<T>(
  what: string,
  timeoutMs: number,
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > deadlineMs) throw new Error(`${what} did not happen within ${timeoutMs} ms`)
    await sleep(50)
  }
}

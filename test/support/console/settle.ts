import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { PageLog } from './page-log.ts'

const maxMs = 30_000

/** Waits until nothing is asked for, two frames have been drawn since, and nothing is busy or still a skeleton. */
export async function settle(
  page: Page,
  log: Pick<PageLog, 'pending' | 'requests'>,
): Promise<void> {
  const deadline = Date.now() + maxMs
  while (Date.now() < deadline) {
    const before = log.requests.length
    if (log.pending() === 0 && (await page.evaluate<boolean>(isDrawn))) {
      if (log.pending() === 0 && log.requests.length === before) return
    }
    await delay(20)
  }
  throw new Error(`The page did not come to rest within ${maxMs} ms: ${page.url()}`)
}

/** After two frames, so that what an answer brought has been rendered and has asked for what it needs. */
const isDrawn = `(async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  return document.querySelector('[aria-busy="true"], .mantine-Skeleton-root') === null
})()`

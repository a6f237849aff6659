import type { Browser, Page } from 'playwright-core'
import { type PageLog, watchPage } from './page-log.ts'
import { settle } from './settle.ts'

export const viewports = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 360, height: 800 },
  /** WCAG's reflow: 1280 CSS pixels at 400 %. */
  reflow: { width: 320, height: 640 },
} as const

export interface OpenOptions {
  /** Below the console's address: `/deliveries?status=failed`. @default '/' */
  path?: string
  theme?: 'light' | 'dark'
  viewport?: { width: number; height: number }
  /** A key to sign in with; without one the page is a stranger's. */
  token?: string
  /** Before anything is loaded: to answer in the server's place. */
  prepare?: (page: Page) => Promise<void>
}

export interface ConsolePage extends PageLog {
  page: Page
  /** Goes elsewhere by the address and signs in again, as a reload forgets who it was. */
  open(path: string): Promise<void>
  /** Goes elsewhere within the console, as by a link. */
  go(path: string): Promise<void>
  /** Waits until the page has asked for all it needs and has drawn it. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** A page of the console in a browser context of its own; it collects what goes wrong, see `expectClean`. */
export async function openConsole(
  browser: Browser,
  consoleUrl: string,
  { path = '/', theme = 'light', viewport = viewports.wide, token, prepare }: OpenOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const log = await watchPage(page)
  const settled = () => settle(page, log)

  async function open(to: string): Promise<void> {
    const url = new URL(to.replace(/^\//, ''), consoleUrl)
    if (token !== undefined) url.hash = `token=${token}`
    // A change of the fragment alone would load nothing.
    if (page.url() !== 'about:blank') await page.goto('about:blank')
    await page.goto(url.href, { waitUntil: 'load' })
    await settled()
  }

  async function go(to: string): Promise<void> {
    const url = new URL(to.replace(/^\//, ''), consoleUrl)
    // The router hears of it, as of any other entry of the history.
    await page.evaluate(`history.pushState({}, '', ${JSON.stringify(url.href)})`)
    await settled()
  }

  await prepare?.(page)
  await open(path)
  return { ...log, page, open, go, settled, close: () => context.close() }
}

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import type { TestDatabase } from '../database.ts'
import { startBrowser } from './browser.ts'
import { type ConsolePage, type OpenOptions, openConsole } from './console-page.ts'
import { createConsoleDatabase } from './database.ts'
import { type ConsoleServer, type ConsoleServerOptions, startConsoleServer } from './server.ts'

export interface TestConsole {
  readonly server: ConsoleServer
  readonly browser: Browser
  /** A page that is closed after the test. */
  open(options?: OpenOptions): Promise<ConsolePage>
}

/** One browser, one server and one seeded database for the tests of a file. */
export function useConsole(options: Omit<ConsoleServerOptions, 'databaseUrl'> = {}): TestConsole {
  let database: TestDatabase | undefined
  let server: ConsoleServer | undefined
  let browser: Browser | undefined
  const pages: ConsolePage[] = []
  // Limits for what hangs, not goals: a busy machine may take long.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

  beforeAll(async () => {
    database = await createConsoleDatabase()
    server = await startConsoleServer({ databaseUrl: database.url, ...options })
    browser = await startBrowser()
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await database?.drop()
  })

  return {
    get server() {
      return started(server)
    },
    get browser() {
      return started(browser)
    },
    async open(pageOptions) {
      const page = await openConsole(started(browser), started(server).consoleUrl, pageOptions)
      pages.push(page)
      return page
    },
  }
}

function started<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('The console of this file is not running')
  return part
}

import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'

/** One browser for many pages: each page gets a context of its own, so they share nothing but the process. */
export async function startBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium()
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The same picture and the same widths of text on every machine.
      '--font-render-hinting=none',
      '--force-color-profile=srgb',
    ],
  })
}

import type { Locator, Page } from 'playwright-core'

/** What a person does with pointer and keys, counted. */
export function countActions(page: Page) {
  let count = 0
  return {
    click: (target: Locator) => {
      count++
      return target.click()
    },
    press: (key: string) => {
      count++
      return page.keyboard.press(key)
    },
    count: () => count,
  }
}

/** What was copied last. */
export function readClipboard(page: Page): Promise<string> {
  return page.evaluate<string>('navigator.clipboard.readText()')
}

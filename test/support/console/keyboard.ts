import type { Locator, Page } from 'playwright-core'

const stopsMax = 120

/** Goes on with the Tab key until something has the focus, and can be seen to have it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor()
  for (let stop = 0; stop < stopsMax; stop++) {
    if ((await target.and(page.locator(':focus')).count()) > 0) {
      if ((await page.locator(':focus-visible').count()) === 0) {
        throw new Error(`Nobody sees that this has the focus: ${target}`)
      }
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not lead to ${target}`)
}

/** As somebody does who has no pointer. */
export async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

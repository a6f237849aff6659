import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findAccessibilityProblems } from '../support/console/accessibility.ts'
import { viewports } from '../support/console/console-page.ts'
import { keys, organisations } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'

const consoleOf = useConsole()

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()

const focusedLabel = (page: Page) => page.locator(':focus').getAttribute('aria-label')

describe('what opens over a page', () => {
  const openers = {
    'the shortcuts': { button: 'Keyboard shortcuts', shows: 'dialog' },
    'the palette': { button: 'Search and commands', shows: 'dialog' },
    'the account': { button: 'Account', shows: 'menu' },
  } as const

  test.each(Object.entries(openers))(
    '%s: axe finds nothing, Escape closes, the focus comes back',
    async (_, opener) => {
      const { page, expectClean } = await consoleOf.open({ token: keys.platform })
      const button = page.getByRole('button', { name: opener.button })
      await button.focus()
      await page.keyboard.press('Enter')
      const opened = page.getByRole(opener.shows)
      await opened.waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
      await page.keyboard.press('Escape')
      await opened.waitFor({ state: 'detached' })
      await expect.poll(() => focusedLabel(page)).toBe(opener.button)
      expectClean()
    },
  )

  test('the navigation of a phone: axe finds nothing, and it goes when a page is chosen', async () => {
    const { page, expectClean } = await consoleOf.open({
      token: keys.acme,
      viewport: viewports.narrow,
    })
    const toggle = page.getByRole('button', { name: 'Show or hide the navigation' })
    await toggle.click()
    const navigation = page.getByRole('navigation', { name: 'Main navigation' })
    await navigation.waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await navigation.getByRole('link', { name: 'Catalogue' }).click()
    await page.waitForURL(/\/catalogue$/)
    await expect.poll(() => toggle.getAttribute('aria-expanded')).toBe('false')
    expectClean()
  })
})

describe('with the keyboard alone', () => {
  test('every page has its key', async () => {
    const { page, expectClean } = await consoleOf.open({ token: keys.platform })
    const pages = { s: 'Subscriptions', c: 'Catalogue', r: 'Replays', k: 'Keys and tokens' }
    for (const [key, title] of Object.entries({ ...pages, z: 'Organisations', y: 'System' })) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await expect.poll(() => titleOf(page)).toBe(title)
    }
    expectClean()
  })

  test('the palette finds a page by a part of its name', async () => {
    const { page, expectClean } = await consoleOf.open({ token: keys.acme })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('audit')
    await page.keyboard.press('Enter')
    await expect.poll(() => titleOf(page)).toBe('Audit log')
    expectClean()
  })

  test('another organisation is looked at, on the same page, also one that is far down the list', async () => {
    const { page, settled, expectClean } = await consoleOf.open({
      path: '/subscriptions',
      token: keys.platform,
    })
    for (const [typed, id] of [
      [organisations.acme.name, organisations.acme.id],
      ['Estate 130', '20000000-0000-4000-8000-000000000129'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press('g')
      await page.keyboard.press('Control+a')
      await page.keyboard.type(typed)
      // Beside the one that is looked at stands the one that the server found.
      const options = async () => new Set(await page.getByRole('option').allTextContents())
      await expect.poll(options).toEqual(new Set([organisations.acme.name, typed]))
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.searchParams.get('organisationId') === id)
      expect(new URL(page.url()).pathname).toMatch(/\/subscriptions$/)
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { level: 1 }).click()
    }
    await settled()
    expectClean()
  })

  test('single keys can be switched off, and stay off', async () => {
    const { page, open, expectClean } = await consoleOf.open({
      path: '/settings',
      token: keys.acme,
    })
    const setting = page.getByRole('switch', { name: 'Shortcuts of a single key' })
    await setting.focus()
    await page.keyboard.press('Space')
    await expect.poll(() => setting.isChecked()).toBe(false)
    await open('/settings')
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.keyboard.press('?')
    // Of a combination with Control nobody is surprised.
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    expect(await titleOf(page)).toBe('Settings')
    expectClean()
  })

  test('the first stop of the Tab key leads past the navigation', async () => {
    const { page, expectClean } = await consoleOf.open({ token: keys.acme })
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    expectClean()
  })
})

test('the theme that was chosen holds after a reload', async () => {
  const { page, open, expectClean } = await consoleOf.open({ token: keys.acme })
  await page.keyboard.press('t')
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  await open('/')
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  expectClean()
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readKeptData } from '../support/console/kept-data.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'

const consoleOf = useConsole()

/** How each secret comes onto the page, and where it is shown. */
const secrets: Record<string, { path: string; make(page: Page): Promise<void>; pattern: RegExp }> =
  {
    'a new API key': {
      path: '/keys',
      async make(page) {
        await page.getByRole('button', { name: 'Create API key' }).click()
        await page.getByLabel('What it is for').fill('worker')
        await page.getByRole('checkbox', { name: 'events:write' }).check()
        await page.getByRole('button', { name: 'Create', exact: true }).click()
      },
      pattern: /ph_\w{12}_(\w{43})/,
    },
    'a rotated API key': {
      path: '/keys',
      async make(page) {
        await page.getByRole('button', { name: 'Rotate Reader' }).click()
        await page.getByRole('radio', { name: 'an hour' }).check()
        await page.getByRole('button', { name: 'Rotate', exact: true }).click()
      },
      pattern: /ph_R{12}_(\w{43})/,
    },
    'a portal token': {
      path: '/keys?tab=portal',
      async make(page) {
        await page.getByRole('button', { name: 'Mint a test link' }).click()
        await page.getByRole('button', { name: 'Mint', exact: true }).click()
      },
      pattern: /pht_\w{12}_(\w{43})/,
    },
  }

test.each(Object.entries(secrets))(
  '%s is shown once, and is nowhere when its dialog is closed',
  async (_what, { path, make, pattern }) => {
    const { page, settled, expectClean } = await consoleOf.open({ path, token: keys.acme })
    await make(page)
    await page.getByRole('button', { name: 'I have kept it' }).waitFor()
    const [, secret = ''] = pattern.exec(await page.getByRole('dialog').innerText()) ?? []
    expect(secret).toHaveLength(43)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await settled()
    await expect.poll(() => readKeptData(page)).not.toContain(secret)
    expectClean()
  },
)

test("a new subscription's secret and secret headers are nowhere when its page is left", async () => {
  const { page, settled, expectClean } = await consoleOf.open({
    path: '/subscriptions/new',
    token: keys.acme,
  })
  const header = 'Bearer of-a-header-that-nobody-sees'
  await page.getByRole('textbox', { name: 'URL' }).fill('https://example.com/hooks')
  await page.getByRole('button', { name: 'Add a header' }).click()
  const headers = page.getByRole('group', { name: 'Headers' })
  await headers.getByLabel('Name').fill('authorization')
  await headers.getByLabel('Value').fill(header)
  await page.getByRole('button', { name: 'Create subscription' }).click()
  await page.getByRole('heading', { name: 'Subscription created' }).waitFor()
  const [secret = ''] = /whsec_[\w+/=]{20,}/.exec(await page.getByRole('main').innerText()) ?? []
  expect(secret).not.toBe('')
  await page.getByRole('link', { name: 'Overview' }).click()
  await settled()
  const kept = await readKeptData(page)
  expect(kept).not.toContain(secret)
  expect(kept).not.toContain(header)
  expectClean()
})

import { expect, test } from 'vitest'
import { countRows, findAccessibilityProblems } from '../support/console/accessibility.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'

const consoleOf = useConsole()

const rowsMax = 60
const interactiveMsMax = 1500

test('of 100,000 deliveries at most 60 rows are in the document, however far one scrolls', async () => {
  const { page, settled, expectClean } = await consoleOf.open({
    path: '/deliveries',
    token: keys.large,
  })
  const grid = page.getByRole('grid', { name: 'Deliveries' })
  await grid.hover()
  const counts: number[] = []
  const first = await grid.getByRole('row').nth(1).getAttribute('aria-rowindex')
  for (let turn = 0; turn < 15; turn++) {
    counts.push(await countRows(page))
    await page.mouse.wheel(0, 3000)
    await settled()
  }
  expect(Math.min(...counts)).toBeGreaterThan(10)
  expect(Math.max(...counts)).toBeLessThanOrEqual(rowsMax)
  const last = await grid.getByRole('row').last().getAttribute('aria-rowindex')
  // It did scroll, beyond the first page of the API.
  expect(Number(last) - Number(first)).toBeGreaterThan(300)
  expectClean()
})

test('the log of 100,000 deliveries can be used soon, and asks for little before', async () => {
  const times: number[] = []
  for (let turn = 0; turn < 3; turn++) {
    const { page, open, requests, close, expectClean } = await consoleOf.open({ token: keys.large })
    const before = requests.length
    const startedAt = performance.now()
    const opened = open('/deliveries')
    await page.getByRole('row').nth(5).waitFor()
    times.push(Math.round(performance.now() - startedAt))
    const asked = requests.slice(before).filter(({ url }) => url.includes('/v1/'))
    expect(asked.length).toBeLessThanOrEqual(8)
    await opened
    expectClean()
    await close()
  }
  const median = times.sort((a, b) => a - b)[1] as number
  const verdict = median <= interactiveMsMax ? 'within' : 'OVER'
  process.stdout.write(
    `log of 100,000: rows after ${times} ms, ${verdict} ${interactiveMsMax} ms\n`,
  )
})

test('with the keyboard a row is reached, opened beside the list, closed, and has the focus again', async () => {
  const { page, settled, expectClean } = await consoleOf.open({
    path: '/deliveries',
    token: keys.large,
  })
  for (let turn = 0; turn < 31; turn++) await page.keyboard.press('j')
  const focused = page.locator(':focus')
  await expect.poll(() => focused.getAttribute('aria-rowindex')).toBe('32')
  await page.keyboard.press('Enter')
  await page.waitForURL(/[?&]d=[0-9a-f-]{36}/)
  await settled()
  expect(await findAccessibilityProblems(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => !url.searchParams.has('d'))
  await expect.poll(() => focused.getAttribute('aria-rowindex')).toBe('32')
  expectClean()
})

test('back and forward bring back the filter, the list and the pane', async () => {
  const { page, go, settled, expectClean } = await consoleOf.open({
    path: '/deliveries',
    token: keys.acme,
  })
  const statuses = async () => {
    await settled()
    const rows = await page
      .getByRole('row')
      .filter({ hasNot: page.getByRole('columnheader') })
      .allTextContents()
    return new Set(rows.map((row) => /Pending|Retrying|Delivered|Failed|Cancelled/.exec(row)?.[0]))
  }
  await go('/deliveries?status=failed&last=7d')
  expect(await statuses()).toEqual(new Set(['Failed']))
  await go('/deliveries?status=cancelled&last=7d')
  expect(await statuses()).toEqual(new Set(['Cancelled']))
  await page.goBack()
  expect(await statuses()).toEqual(new Set(['Failed']))
  await page.goForward()
  expect(await statuses()).toEqual(new Set(['Cancelled']))
  expectClean()
})

test('a filter that the address bends is named, and the page is there', async () => {
  const { page, expectClean } = await consoleOf.open({
    path: '/deliveries?status=nonsense&subscriptionId=x&last=7d',
    token: keys.acme,
  })
  await page
    .getByText(/status.*ignored/i)
    .first()
    .waitFor()
  expect(await countRows(page)).toBeGreaterThan(10)
  expectClean()
})

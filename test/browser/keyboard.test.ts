import { expect, test } from 'vitest'
import { findAccessibilityProblems } from '../support/console/accessibility.ts'
import { pressOn, tabTo } from '../support/console/keyboard.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'

const consoleOf = useConsole()

test('all that match are chosen, counted, replayed and cancelled', async () => {
  const { page, settled, expectClean } = await consoleOf.open({
    path: '/deliveries',
    token: keys.large,
  })
  await page.keyboard.press('/')
  await page.keyboard.type('status:failed')
  await page.getByRole('option', { name: 'Status: Failed' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/status=failed/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await settled()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await pressOn(page, page.getByRole('button', { name: /^Select all .* matching$/ }))
  await pressOn(page, page.getByRole('button', { name: 'Replay…' }))
  const dialog = page.getByRole('dialog', { name: 'Replay' })
  const confirm = dialog.getByRole('button', { name: /^Replay .*deliveries$/ })
  await confirm.waitFor()
  expect(await findAccessibilityProblems(page)).toEqual([])
  // It is many, so their number is typed.
  const number = dialog.getByRole('textbox', { name: /^Type .* to confirm$/ })
  const label = (await confirm.textContent()) ?? ''
  await tabTo(page, number)
  await page.keyboard.type(label.replace(/\D/g, ''))
  await pressOn(page, confirm)
  const tray = page.getByRole('region', { name: 'Active replays' })
  await pressOn(page, tray.getByRole('button', { name: 'Cancel replay' }))
  const asked = page.getByRole('dialog', { name: 'Cancel this replay?' })
  await pressOn(page, asked.getByRole('button', { name: 'Cancel replay' }))
  await tray.getByText('Cancelled').waitFor()
  const [replay] = await replaysOf(keys.large)
  expect(replay).toMatchObject({ status: 'cancelled', mode: 'failed' })
  expectClean()
})

async function replaysOf(key: string): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${consoleOf.server.url}/v1/replays`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return ((await response.json()) as { data: Record<string, unknown>[] }).data
}

import { expect, test } from 'vitest'
import { findAccessibilityProblems } from '../support/console/accessibility.ts'
import { readClipboard } from '../support/console/actions.ts'
import { pressOn, tabTo } from '../support/console/keyboard.ts'
import { keys, subscriptions } from '../support/console/seed-ids.ts'
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
  await pressOn(page, page.getByRole('button', { name: /^1 replay/ }))
  const running = page.getByRole('dialog', { name: /^1 replay/ })
  await pressOn(page, running.getByRole('button', { name: 'Cancel replay' }))
  const asked = page.getByRole('dialog', { name: 'Cancel this replay?' })
  await pressOn(page, asked.getByRole('button', { name: 'Cancel replay' }))
  await running.getByText('Cancelled').waitFor()
  const [replay] = (await ask(keys.large, '/v1/replays')).data
  expect(replay).toMatchObject({ status: 'cancelled', mode: 'failed' })
  expectClean()
})

test('a subscription is registered', async () => {
  const { page, expectClean } = await consoleOf.open({ path: '/subscriptions', token: keys.acme })
  await pressOn(page, page.getByRole('link', { name: 'New subscription' }))
  await tabTo(page, page.getByRole('textbox', { name: 'URL', exact: true }))
  await page.keyboard.type('https://keys.example/hooks')
  await tabTo(page, page.getByRole('textbox', { name: 'Description' }))
  await page.keyboard.type('Made without a pointer')
  await pressOn(page, page.getByRole('button', { name: 'Create subscription' }))
  await page.getByText('Subscription created').waitFor()
  expect(await findAccessibilityProblems(page)).toEqual([])
  await pressOn(page, page.getByRole('link', { name: 'Open the subscription' }))
  await page.getByRole('heading', { level: 1, name: 'Made without a pointer' }).waitFor()
  expectClean()
})

test('the log is filtered, a delivery opened and copied as curl, and another one replayed', async () => {
  const { page, settled, expectClean } = await consoleOf.open({
    path: '/deliveries?last=7d',
    token: keys.acme,
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
  await page.keyboard.press('Enter')
  await page.waitForURL(/[?&]d=/)
  await settled()
  await page.keyboard.press('c')
  await expect.poll(() => readClipboard(page)).toContain('curl --')
  await page.keyboard.press('r')
  await page.getByText('It is sent again').waitFor()
  const id = new URL(page.url()).searchParams.get('d')
  const { data } = await ask(keys.acme, `/v1/deliveries?status=pending`)
  expect(data.map((delivery) => delivery['id'])).toContain(id)
  expectClean()
})

test('a secret is rotated', async () => {
  const { page, expectClean } = await consoleOf.open({
    path: `/subscriptions/${subscriptions.working}/secret`,
    token: keys.acme,
  })
  await pressOn(page, page.getByRole('button', { name: /^Rotate/ }))
  const dialog = page.getByRole('dialog', { name: 'Rotate the secret?' })
  await dialog.waitFor()
  expect(await findAccessibilityProblems(page)).toEqual([])
  await pressOn(page, dialog.getByRole('button', { name: 'Rotate' }))
  await page.getByText('Secret before').waitFor()
  expectClean()
})

test('a key pair is rotated, and the ones before are revoked', async () => {
  const { page, expectClean } = await consoleOf.open({
    path: `/subscriptions/${subscriptions.ordered}/secret`,
    token: keys.acme,
  })
  const before = await page.getByText(/^whpk_/).textContent()
  await page.getByText(/^http.*\/jwks\.json\?subscriptionId=/).waitFor()
  await pressOn(page, page.getByRole('button', { name: /^Rotate/ }))
  const dialog = page.getByRole('dialog', { name: 'Rotate the key?' })
  await dialog.waitFor()
  await pressOn(page, dialog.getByRole('checkbox', { name: 'Revoke the old ones now' }), 'Space')
  expect(await findAccessibilityProblems(page)).toEqual([])
  await pressOn(page, dialog.getByRole('button', { name: 'Rotate and revoke' }))
  await expect.poll(() => page.getByText(/^whpk_/).textContent()).not.toBe(before)
  expectClean()
})

test('an API key is created, and revoked', async () => {
  const { page, expectClean } = await consoleOf.open({ path: '/keys', token: keys.acme })
  await pressOn(page, page.getByRole('button', { name: 'Create API key' }))
  const dialog = page.getByRole('dialog')
  await tabTo(page, dialog.getByRole('textbox', { name: 'What it is for' }))
  await page.keyboard.type('Typed')
  await pressOn(page, dialog.getByRole('checkbox', { name: /events:read/ }), 'Space')
  await pressOn(page, dialog.getByRole('button', { name: 'Create', exact: true }))
  await page.getByText(/^ph_/).first().waitFor()
  expect(await findAccessibilityProblems(page)).toEqual([])
  await pressOn(page, page.getByRole('button', { name: 'I have kept it' }))
  await pressOn(page, page.getByRole('button', { name: 'Revoke Typed' }))
  const asked = page.getByRole('dialog', { name: 'Revoke “Typed”?' })
  await asked.waitFor()
  expect(await findAccessibilityProblems(page)).toEqual([])
  await pressOn(page, asked.getByRole('button', { name: 'Revoke', exact: true }))
  await asked.waitFor({ state: 'detached' })
  const { data } = await ask(keys.acme, '/v1/api-keys')
  expect(data.find(({ name }) => name === 'Typed')?.['revokedAt']).toBeTruthy()
  expectClean()
})

async function ask(key: string, path: string) {
  const response = await fetch(`${consoleOf.server.url}${path}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return (await response.json()) as { data: Record<string, unknown>[] }
}

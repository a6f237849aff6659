import { createPosthornClient } from '@posthorn/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countActions, readClipboard } from '../support/console/actions.ts'
import { keys, subscriptions } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const consoleOf = useConsole({ dispatching: true })
const client = () => createPosthornClient({ url: consoleOf.server.url, apiKey: keys.acme })
let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
})

afterAll(() => receiver.close())

test('a subscription is registered, and its test event is seen to arrive', async () => {
  const { page, expectClean } = await consoleOf.open({ path: '/subscriptions', token: keys.acme })
  await page.getByRole('link', { name: 'New subscription' }).click()
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill(receiver.url('/registered'))
  await page.getByRole('textbox', { name: 'Description' }).fill('Registered by a test')
  await page.getByRole('button', { name: 'Create subscription' }).click()
  await page.getByText('Subscription created').waitFor()
  await page.getByRole('button', { name: 'Send test' }).click()
  await page.getByText(/^Answered 20\d in /).waitFor()
  const [request] = await receiver.waitFor(1, { path: '/registered' })
  expect(request?.headers['webhook-signature']).toMatch(/^v1,/)
  await page.getByRole('link', { name: 'Open the delivery' }).click()
  await page.getByRole('heading', { level: 1, name: /Registered by a test/ }).waitFor()
  await page.getByText('Delivered').first().waitFor()
  expectClean()
})

test('the last failure is found and copied as curl with at most 4 actions from the overview', async () => {
  const { page, expectClean } = await consoleOf.open({ token: keys.acme })
  const act = countActions(page)
  await act.click(page.getByRole('link', { name: /^Open the last failure/ }).first())
  await page.waitForURL(/deliveries\/[0-9a-f-]{36}|[?&]d=/)
  await act.click(page.getByRole('button', { name: 'Copy', exact: true }))
  await act.click(page.getByRole('menuitem', { name: /^as curl/ }))
  await expect.poll(() => readClipboard(page)).toMatch(/curl/)
  const copied = await readClipboard(page)
  const failed = (await client().deliveries.list({ status: 'failed', limit: 1 })).data[0]
  expect(copied).toContain(failed?.eventId)
  expect(copied).toContain('webhook-signature: v1,')
  expect(act.count()).toBeLessThanOrEqual(4)
  expectClean()
})

test('all failures of one endpoint are replayed with at most 6 actions from the overview', async () => {
  await client().subscriptions.update(subscriptions.failing, { url: receiver.url('/erp') })
  const { page, expectClean } = await consoleOf.open({ token: keys.acme })
  const act = countActions(page)
  await act.click(page.getByRole('link', { name: 'Failures', exact: true }))
  await act.click(page.getByRole('row', { name: /ERP/ }).first())
  await act.click(page.getByRole('button', { name: /^Replay all / }))
  const dialog = page.getByRole('dialog', { name: 'Replay' })
  await act.click(dialog.getByRole('button', { name: /^Replay .*deliver/ }))
  await dialog.waitFor({ state: 'detached' })
  const [replay] = (await client().replays.list()).data
  expect(replay?.filter?.subscriptionId).toEqual([subscriptions.failing])
  expect(act.count()).toBeLessThanOrEqual(6)
  await receiver.waitFor(replay?.estimate?.willSend ?? 1, { path: '/erp', timeoutMs: 60_000 })
  expectClean()
})

import { createPosthornClient } from '@posthorn/sdk'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'

const consoleOf = useConsole()

async function fillKey(page: Page, name: string) {
  await page.getByRole('button', { name: 'Create API key' }).click()
  await page.getByLabel('What it is for').fill(name)
  await page.getByRole('checkbox', { name: 'events:write' }).check()
  return page.getByRole('button', { name: 'Create', exact: true })
}

async function keysNamed(name: string) {
  const client = createPosthornClient({ url: consoleOf.server.url, apiKey: keys.acme })
  const { data } = await client.apiKeys.list({ limit: 250 })
  return data.filter((key) => key.name === name)
}

test('pressing twice makes one', async () => {
  const { page } = await consoleOf.open({ path: '/keys', token: keys.acme })
  await (await fillKey(page, 'pressed twice')).dblclick()
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await keysNamed('pressed twice')).toHaveLength(1)
})

test('who presses again because no answer came gets what was made', async () => {
  const { page } = await consoleOf.open({ path: '/keys', token: keys.acme })
  let lost = 0
  await page.route(/\/v1\/api-keys$/, async (route) => {
    if (route.request().method() !== 'POST' || lost === 2) return route.continue()
    await route.fetch()
    lost++
    await route.abort('connectionreset')
  })
  const create = await fillKey(page, 'no answer')
  await create.click()
  await page.getByText('The server cannot be reached').waitFor()
  await create.click()
  await page.getByRole('button', { name: 'I have kept it' }).waitFor()
  const [made, ...others] = await keysNamed('no answer')
  expect(others).toEqual([])
  expect(await page.getByRole('dialog').innerText()).toContain(made?.prefix)
})

test('a server that asks for patience is waited for, with one notice of it', async () => {
  const { page, go } = await consoleOf.open({ path: '/settings', token: keys.acme })
  let refused = 0
  await page.route(/\/v1\/(?!session)/, async (route) => {
    if (route.request().method() !== 'GET' || ++refused > 6) return route.continue()
    await route.fulfill({
      status: 429,
      headers: { 'retry-after': '3' },
      contentType: 'application/problem+json',
      body: JSON.stringify({ status: 429, code: 'rate_limited', title: 'Asks for too much' }),
    })
  })
  const arrived = go('/')
  await page.getByText('Asks for too much').waitFor()
  await page.getByText('It is sent again by itself in').waitFor()
  expect(await page.getByRole('alert').count()).toBe(1)
  await arrived
  await page.getByText('Deliveries over time').waitFor()
  await expect.poll(() => page.getByText('Asks for too much').count()).toBe(0)
  expect(refused).toBeGreaterThan(6)
})

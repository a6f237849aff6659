import { createPosthornClient } from '@posthorn/sdk'
import { expect, test } from 'vitest'
import { findSamples } from '../support/console/samples.ts'
import { keys, organisations } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'
import { consoleRoutes } from './routes.ts'

const lines: string[] = []
const write = (...parts: unknown[]) => lines.push(JSON.stringify(parts))
const consoleOf = useConsole({ log: { debug: write, info: write, warn: write, error: write } })

test('a key that is not valid is refused in words, and another is asked for', async () => {
  const { page, requests } = await consoleOf.open({ token: `${keys.acme.slice(0, -1)}x` })
  await page.getByText('This key or token is not valid, or no longer.').waitFor()
  expect(requests.filter(({ status }) => status === 401)).toHaveLength(1)
  await page.getByLabel('API key or token').fill(keys.acme)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor()
})

test('a key is in no storage, no address, no request but its header, and no log', async () => {
  const { page, requests, go, expectClean } = await consoleOf.open({ token: keys.acme })
  const samples = await findSamples(consoleOf.server.databaseUrl)
  const visited: string[] = []
  for (const { path, of } of consoleRoutes(samples)) {
    if (of === 'platform') continue
    await go(path)
    visited.push(page.url())
  }
  const secret = keys.acme.split('_')[2] as string
  const kept = await page.evaluate<string>(`(async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, name,
    await indexedDB.databases(), await caches.keys(), document.documentElement.outerHTML,
  ]))()`)
  expect(kept).not.toContain(secret)
  expect(visited.join()).not.toContain(secret)
  expect(requests.map(({ url }) => url).filter((url) => url.includes('ph_'))).toEqual([])
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.filter((line) => line.includes(secret))).toEqual([])
  expectClean()
})

test('who signs out leaves nothing on the screen', async () => {
  const { page, expectClean } = await consoleOf.open({
    path: '/subscriptions',
    token: keys.acme,
  })
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to Posthorn' }).waitFor()
  expect(await page.content()).not.toContain('harbour.example')
  expect(await page.content()).not.toContain(organisations.acme.name)
  expectClean()
})

test('a key that ends while somebody writes asks for another, and what was written stays', async () => {
  const client = createPosthornClient({ url: consoleOf.server.url, apiKey: keys.acme })
  const created = await client.apiKeys.create({
    name: 'short-lived',
    scopes: ['subscriptions:write', 'subscriptions:read', 'events:read'],
  })
  const { page } = await consoleOf.open({ path: '/subscriptions/new', token: created.apiKey })
  await page.getByRole('textbox', { name: 'Description' }).fill('Written before the key ended')
  await client.apiKeys.revoke(created.id)
  // A process may take a key for valid for two seconds more.
  const rejected = page.getByText('This key or token is not valid, or no longer.')
  const url = page.getByRole('textbox', { name: 'URL', exact: true })
  for (let turn = 0; turn < 20 && !(await rejected.isVisible()); turn++) {
    await url.fill(`https://turn-${turn}.example/`)
    await rejected.waitFor({ timeout: 1000 }).catch(() => undefined)
  }
  await page.getByLabel('API key or token').fill(keys.acme)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await rejected.waitFor({ state: 'detached' })
  expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe(
    'Written before the key ended',
  )
  expect(await url.inputValue()).toMatch(/^https:\/\/turn-/)
})

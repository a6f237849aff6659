import { expect, test } from 'vitest'
import { findSamples } from '../support/console/samples.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'
import { consoleRoutes } from './routes.ts'

const consoleOf = useConsole({ mount: '/a/b/c' })

/** As a reload does: who was here is forgotten, and where they were is not. */
test('below a path of a host every page opens by its address: first for nobody, then for who signs in', async () => {
  const routes = consoleRoutes(await findSamples(consoleOf.server.databaseUrl))
  const { page, open, requests, settled, expectClean } = await consoleOf.open()
  for (const { path, of = 'acme' } of routes) {
    await page.goto('about:blank')
    const asked = requests.length
    await open(path)
    const address = page.url()
    await page.getByRole('heading', { name: 'Sign in to Posthorn' }).waitFor()
    expect(await page.getByRole('navigation').count()).toBe(0)
    expect(requests.slice(asked).filter(({ url }) => url.includes('/v1/'))).toEqual([])
    await page.getByLabel('API key or token').fill(keys[of])
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('navigation', { name: 'Main navigation' }).waitFor()
    await settled()
    const title = await page.getByRole('heading', { level: 1 }).textContent()
    expect(title, path).not.toMatch(/^$|There is nothing here/)
    expect(page.url()).toBe(address)
  }
  expectClean()
})

test('an address that leads nowhere says so, and how to go on', async () => {
  const { page, expectClean } = await consoleOf.open({ path: '/no/such/page', token: keys.acme })
  await page.getByText('There is nothing here').waitFor()
  await page.getByRole('link', { name: 'To the overview' }).click()
  await page.waitForURL(consoleOf.server.consoleUrl)
  expectClean()
})

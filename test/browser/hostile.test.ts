import { expect, test } from 'vitest'
import { readClipboard } from '../support/console/actions.ts'
import { findSamples } from '../support/console/samples.ts'
import { hostileText } from '../support/console/seed-hostile.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'

const consoleOf = useConsole()

const pwned = 'globalThis.pwned ?? ({}).polluted ?? null'

test('what a stranger sends is text on every page that shows it', async () => {
  const { page, go, expectClean } = await consoleOf.open({ token: keys.hostile })
  const { hostile } = await findSamples(consoleOf.server.databaseUrl)
  const places = ['/', '/subscriptions', '/deliveries', '/failures', '/events', '/audit', '/keys']
  for (const { deliveryId, eventId } of Object.values(hostile)) {
    places.push(`/deliveries/${deliveryId}`, `/events/${eventId}`)
  }
  for (const place of places) {
    await go(place)
    expect(await page.evaluate(pwned), place).toBeNull()
    expect(await page.locator('img[onerror], script:not([src])').count(), place).toBe(0)
  }
  expectClean()
})

test('markup is seen as it was sent', async () => {
  const { hostile } = await findSamples(consoleOf.server.databaseUrl)
  const { page, expectClean } = await consoleOf.open({
    path: `/deliveries/${hostile['markup']?.deliveryId}`,
    token: keys.hostile,
  })
  await page.getByRole('tab', { name: 'Request' }).click()
  await page.getByText('javascript:window.pwned=1').first().waitFor()
  await page.getByText(hostileText.slice(0, 20)).first().waitFor()
  expectClean()
})

test('numbers beyond what JavaScript can hold are shown and copied digit by digit', async () => {
  const { hostile } = await findSamples(consoleOf.server.databaseUrl)
  const { page, expectClean } = await consoleOf.open({
    path: `/deliveries/${hostile['numbers']?.deliveryId}`,
    token: keys.hostile,
  })
  await page.getByRole('tab', { name: 'Request' }).click()
  const digits = [
    '9007199254740993',
    '123456789012345678901234567890',
    '0.10000000000000000555',
    '10.00',
  ]
  for (const number of digits) await page.getByText(number).first().waitFor()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('menuitem', { name: 'body, exact' }).click()
  await expect.poll(() => readClipboard(page)).toContain('"data":')
  const copied = await readClipboard(page)
  for (const number of digits) expect(copied).toContain(number)
  expectClean()
})

test('a body of 5 MB is shown without being all in the document', async () => {
  const { hostile } = await findSamples(consoleOf.server.databaseUrl)
  const startedAt = performance.now()
  const { page, expectClean } = await consoleOf.open({
    path: `/deliveries/${hostile['large']?.deliveryId}`,
    token: keys.hostile,
  })
  await page.getByRole('tab', { name: 'Request' }).click()
  await page.getByText('"organisationId"').first().waitFor()
  const elapsedMs = Math.round(performance.now() - startedAt)
  process.stdout.write(`a body of 5 MB: first lines after ${elapsedMs} ms\n`)
  expect(await page.evaluate<number>('document.querySelectorAll("*").length')).toBeLessThan(3000)
  expectClean()
})

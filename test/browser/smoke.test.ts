import { expect, test } from 'vitest'
import { countRows, findAccessibilityProblems } from '../support/console/accessibility.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'

const consoleOf = useConsole()

test('signs in with a key from the fragment, which leaves the address at once', async () => {
  const { page, requests, expectClean } = await consoleOf.open({ token: keys.acme })
  expect(page.url()).toBe(consoleOf.server.consoleUrl)
  expect(requests.some(({ url, status }) => url.endsWith('/v1/session') && status === 200)).toBe(
    true,
  )
  expect(await countRows(page)).toBeGreaterThan(0)
  expect(await findAccessibilityProblems(page)).toEqual([])
  expectClean()
})

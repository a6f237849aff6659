import { describe, expect, test } from 'vitest'
import { findAccessibilityProblems } from '../support/console/accessibility.ts'
import { findSamples } from '../support/console/samples.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'
import { consoleRoutes } from './routes.ts'
import { failEveryRequest } from './scenes.ts'

const consoleOf = useConsole()

const states = {
  data: { token: keys.acme },
  empty: { token: keys.empty },
  error: { token: keys.acme, prepare: failEveryRequest },
  platform: { token: keys.platform },
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each(Object.entries(states))(
    'axe finds nothing against any page with %s',
    async (state, options) => {
      const { page, go, expectClean } = await consoleOf.open({ theme, ...options })
      const samples = await findSamples(consoleOf.server.databaseUrl)
      const found: string[] = []
      for (const { path, of = 'acme' } of consoleRoutes(samples)) {
        if ((of === 'platform') !== (state === 'platform')) continue
        await go(path)
        for (const problem of await findAccessibilityProblems(page))
          found.push(`${path}: ${problem}`)
      }
      expect(found).toEqual([])
      if (state !== 'error' && state !== 'empty') expectClean()
    },
    90_000,
  )

  test('axe finds nothing against the sign-in', async () => {
    const { page, expectClean } = await consoleOf.open({ theme })
    expect(await findAccessibilityProblems(page)).toEqual([])
    expectClean()
  })
})

import { expect, test } from 'vitest'
import { findAccessibilityProblems } from '../support/console/accessibility.ts'
import { findSamples } from '../support/console/samples.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'
import { consoleRoutes } from './routes.ts'
import { failEveryRequest } from './scenes.ts'

const consoleOf = useConsole()

const states = {
  data: { token: keys.acme },
  nothing: { token: keys.empty },
  'an error': { token: keys.acme, prepare: failEveryRequest },
  'all organisations': { token: keys.platform },
}

test.each(Object.entries(states))(
  'axe finds nothing against any page with %s, light or dark',
  async (state, options) => {
    const { page, go, expectClean } = await consoleOf.open(options)
    const found: string[] = []
    const samples = await findSamples(consoleOf.server.databaseUrl)
    for (const { path, of } of consoleRoutes(samples)) {
      if ((of === 'platform') !== (state === 'all organisations')) continue
      await go(path)
      for (const problem of await findAccessibilityProblems(page)) found.push(`${path}: ${problem}`)
    }
    expect(found).toEqual([])
    // Of what is asked for in the other states, some is not there.
    if (options.token === keys.platform || state === 'data') expectClean()
  },
)

test('axe finds nothing against the sign-in, light or dark', async () => {
  const { page, expectClean } = await consoleOf.open()
  expect(await findAccessibilityProblems(page)).toEqual([])
  expectClean()
})

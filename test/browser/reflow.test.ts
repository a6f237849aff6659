import { expect, test } from 'vitest'
import { viewports } from '../support/console/console-page.ts'
import { findSamples } from '../support/console/samples.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'
import { consoleRoutes } from './routes.ts'

const consoleOf = useConsole()

test.each(['acme', 'platform', 'hostile'] as const)(
  'at 320 pixels no page of %s scrolls sideways',
  async (who) => {
    const { page, go, expectClean } = await consoleOf.open({
      token: keys[who],
      viewport: viewports.reflow,
    })
    const samples = await findSamples(consoleOf.server.databaseUrl)
    const wide: string[] = []
    for (const { path, of = 'acme' } of consoleRoutes(samples)) {
      const isList = path.split('/').length === 2
      if (who === 'hostile' ? of === 'platform' || !isList : of !== who) continue
      await go(path)
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      if (width > viewports.reflow.width) wide.push(`${path}: ${width}`)
    }
    expect(wide).toEqual([])
    expectClean()
  },
)

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds against a page as it is now: a line per rule and element, none where all is well. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  // By the debugger, which the page's CSP does not bind.
  await page.evaluate(source)
  const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary?.split('\n').slice(1).join(' ').trim() ?? ''
      return `${id}: ${help}: ${target.join(' ')}: ${why}`
    }),
  )
}

/** Rows that are in the document, seen or not: of tables, grids and lists. */
export function countRows(page: Page): Promise<number> {
  return page.getByRole('row', { includeHidden: true }).count()
}

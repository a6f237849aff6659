import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOnly } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Rules whose outcome depends on colours; all others see the same in either theme. */
const colourRules = ['color-contrast', 'link-in-text-block']

/**
 * All that is seen is to lie in a landmark, but for a menu or a list that opens: it stands at the end of the document and
 * is reached from the control that opened it.
 */
const regionRule = { id: 'region', selector: 'body *:not([data-mantine-shared-portal-node] *)' }

/** What axe finds against a page as it is now, light and dark: a line per rule and element, none where all is well. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  // By the debugger, which the page's CSP does not bind.
  await page.evaluate(source)
  await page.evaluate(`axe.configure({ rules: [${JSON.stringify(regionRule)}] })`)
  await switchTo(page, 'light')
  const light = await run(page, { type: 'tag', values: tags })
  await switchTo(page, 'dark')
  const dark = await run(page, { type: 'rule', values: colourRules })
  await switchTo(page, 'light')
  return [...light, ...dark.map((line) => `dark: ${line}`)]
}

/** Colours are judged when they have faded to what they are to be. */
const transitionsEnd = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
  .map(({ finished }) => finished)).then(() => undefined)`

/** As the system does at dusk; the page follows unless somebody chose. */
async function switchTo(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page
    .locator(`html[data-mantine-color-scheme="${colorScheme}"]`)
    .waitFor({ state: 'attached' })
  await page.evaluate(transitionsEnd)
}

async function run(page: Page, runOnly: RunOnly): Promise<string[]> {
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] })
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${options})`)
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

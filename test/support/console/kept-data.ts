import type { Page } from 'playwright-core'

/** All that a page keeps for later or shows, as one text: storage, history, address, document, and what it has asked for. */
export function readKeptData(page: Page): Promise<string> {
  return page.evaluate<string>(`(async () => {
    const caches = []
    const holder = [...document.querySelectorAll('*')].find((element) => containerOf(element))
    const fibers = [holder[containerOf(holder)].stateNode.current]
    for (let fiber = fibers.pop(); fiber; fiber = fibers.pop()) {
      const client = fiber.memoizedProps?.client
      if (client?.getQueryCache) {
        caches.push(client.getQueryCache().getAll().map(({ queryKey, state }) => [queryKey, state]))
        caches.push(client.getMutationCache().getAll().map(({ state }) => state))
      }
      fibers.push(...[fiber.child, fiber.sibling].filter(Boolean))
    }
    if (caches.length === 0) throw new Error('The caches of the console were not found')
    const fields = [...document.querySelectorAll('input, textarea')].map(({ value }) => value)
    return JSON.stringify([
      caches, fields, { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href,
      name, await indexedDB.databases(), document.documentElement.outerHTML,
      performance.getEntriesByType('resource').map((entry) => entry.name),
    ])
    function containerOf(element) {
      return Object.keys(element).find((key) => key.startsWith('__reactContainer$'))
    }
  })()`)
}

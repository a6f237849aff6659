import { expect, test } from 'vitest'
import { findAccessibilityProblems } from '../support/console/accessibility.ts'
import { keys } from '../support/console/seed-ids.ts'
import { useConsole } from '../support/console/use-console.ts'

const consoleOf = useConsole()

test('a key in the fragment signs in, and leaves the address at once', async () => {
  const { page, requests, expectClean } = await consoleOf.open({ token: keys.acme })
  expect(page.url()).toBe(consoleOf.server.consoleUrl)
  expect(requests.some(({ url, status }) => url.endsWith('/v1/session') && status === 200)).toBe(
    true,
  )
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Overview')
  expect(await findAccessibilityProblems(page)).toEqual([])
  expectClean()
})

test('the tests see what goes wrong in a page', async () => {
  const { page, problems, expectClean } = await consoleOf.open({ token: keys.acme })
  await page.evaluate(`
    const style = document.createElement('style')
    style.textContent = 'h1 { color: #eee; background: #fff }'
    document.head.append(style)
    const image = document.createElement('img')
    image.src = 'https://elsewhere.example/pixel.gif'
    document.body.append(image)
    console.error('an error of the console')
    setTimeout(() => { throw new Error('an error of a script') })`)
  await expect.poll(() => problems().join('\n')).toMatch(/an error of a script/)
  const found = problems().join('\n')
  expect(found).toMatch(/CSP: style-src-elem inline/)
  expect(found).toMatch(/CSP: img-src https:\/\/elsewhere\.example/)
  expect(found).toMatch(/console error: an error of the console/)
  expect(() => expectClean()).toThrow('The page was not clean')
  const findings = (await findAccessibilityProblems(page)).join('\n')
  expect(findings).toMatch(/^image-alt/m)
})

test('the tests see the dark theme as well', async () => {
  const { page } = await consoleOf.open({ token: keys.acme })
  await page.evaluate(`
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('[data-mantine-color-scheme="dark"] h1 { color: #333 }')
    document.adoptedStyleSheets.push(sheet)`)
  expect(await findAccessibilityProblems(page)).toEqual([
    expect.stringMatching(/^dark: color-contrast: .*foreground color: #333333/),
  ])
})

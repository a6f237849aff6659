import type { Frame, FrameLocator, Locator, Page } from 'playwright-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { useEmbedding } from '../support/console/embedding.ts'
import { type PageLog, watchPage } from '../support/console/page-log.ts'

// Two consoles on one page, on a machine that does other things, too.
vi.setConfig({ testTimeout: 60_000 })
const patiently = { timeout: 30_000 }
const embedding = useEmbedding()
const open: Page[] = []

afterEach(async () => {
  for (const page of open.splice(0)) await page.context().close()
})

interface HostPage extends PageLog {
  page: Page
  /** The console in the frame. */
  frame: FrameLocator
  /** The console in the React component. */
  component: Locator
}

async function openHost(url: string): Promise<HostPage> {
  const context = await embedding().browser.newContext({ viewport: { width: 1600, height: 900 } })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  open.push(page)
  const log = await watchPage(page)
  await page.goto(url)
  const component = page.getByLabel('As a component', { exact: true })
  return { ...log, page, frame: page.frameLocator('iframe').first(), component }
}

const heading = (place: FrameLocator | Locator, name: string) =>
  place.getByRole('heading', { level: 1, name })

async function openBoth(): Promise<HostPage> {
  const host = await openHost(embedding().hostUrl)
  await heading(host.frame, 'Overview').waitFor()
  await heading(host.component, 'Deliveries').waitFor()
  return host
}

/** A style as the page computes it, of the console's own box in the frame and in the component. */
async function stylesOf({ page }: HostPage, property: string): Promise<string[]> {
  const read = (where: Page | Frame, box: string) =>
    where.evaluate<string>(`getComputedStyle(${box}).getPropertyValue('${property}')`)
  return [
    await read(page.frames()[1] as Frame, `document.querySelector('main h1')`),
    await read(
      page,
      `document.querySelector('section:last-of-type > div > div').shadowRoot.querySelector('main h1')`,
    ),
  ]
}

/** As if the tokens had expired. */
async function revokeTokens(): Promise<void> {
  const { posthorn, organisationId } = embedding()
  const subject = `subject=demo-user&organisationId=${organisationId}`
  expect((await posthorn.call('DELETE', `/v1/portal-tokens?${subject}`)).status).toBe(200)
}

describe('a token', () => {
  test('is in no address, no storage and no cookie, in the frame or around it', async () => {
    const { page, requests, expectClean } = await openBoth()
    expect(page.frames()).toHaveLength(2)
    for (const frame of page.frames()) {
      const kept = await frame.evaluate<string>(`(async () => JSON.stringify([
        { ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state,
        await indexedDB.databases(), await caches.keys(),
      ]))()`)
      expect(kept).toMatch(/^\[\{\},\{\},""/)
      expect(kept).not.toContain('pht_')
    }
    expect(requests.filter(({ url }) => url.includes('pht_'))).toEqual([])
    expect(await page.context().cookies()).toEqual([])
    expectClean()
  })

  test('behind the # is taken out of the address at once', async () => {
    const { posthorn, posthornUrl, organisationId, hostUrl } = embedding()
    const { body } = await posthorn.call('POST', '/v1/portal-tokens', {
      body: { organisationId, allowedOrigins: [hostUrl] },
    })
    const { page, frame } = await openHost(hostUrl)
    const src = `${posthornUrl}/admin/subscriptions#token=${body.token}`
    await page.setContent(`<iframe src="${src}"></iframe>`)
    await heading(frame, 'Subscriptions').waitFor()
    expect(page.frames()[1]?.url()).toBe(`${posthornUrl}/admin/subscriptions`)
  })
})

describe('a session that ends while somebody types', () => {
  const draft = 'What I had in mind'

  /** A dialog of the log with something typed into it. */
  async function typeDraft(place: FrameLocator | Locator): Promise<Locator> {
    await place.getByRole('button', { name: 'Saved views' }).click()
    await place.getByRole('menuitem', { name: 'Save this view…' }).click()
    await place.getByLabel('Name').fill(draft)
    return place.getByLabel('Name')
  }

  /** Pages read again what they show when somebody comes back to them. */
  const comeBack = (where: Page | Frame) =>
    where.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)

  test('is renewed behind what they type', async () => {
    const { page, component, requests } = await openBoth()
    const asked = () => requests.filter(({ url }) => url.endsWith('/portal-token')).length
    expect(asked()).toBe(2)
    const field = await typeDraft(component)
    await revokeTokens()
    const renewed = () => comeBack(page).then(() => asked() > 2)
    await expect.poll(renewed, patiently).toBe(true)
    expect(await field.inputValue()).toBe(draft)
    expect(await component.getByText('Your session has ended').count()).toBe(0)
  })

  test('says so when it cannot be renewed, and keeps what was typed until it can', async () => {
    const { page, frame } = await openBoth()
    await frame.getByRole('button', { name: 'Show or hide the navigation' }).click()
    await frame.getByRole('link', { name: 'Deliveries' }).click()
    const field = await typeDraft(frame)
    await page.route('**/portal-token', (route) => route.abort())
    await revokeTokens()
    const ended = frame.getByText('Your session has ended')
    const isOver = () => comeBack(page.frames()[1] as Frame).then(() => ended.isVisible())
    await expect.poll(isOver, patiently).toBe(true)

    await page.unroute('**/portal-token')
    await frame.getByRole('button', { name: 'Try again' }).click()
    await ended.waitFor({ state: 'detached' })
    expect(await field.inputValue()).toBe(draft)
  })
})

describe('another origin', () => {
  test('that the operator did not name gets no console, in a frame or by the API', async () => {
    const host = await openHost(embedding().hostUrl.replace('127.0.0.1', 'localhost'))
    await expect.poll(() => host.problems().join(), patiently).toMatch(/frame-ancestors/)
    await expect.poll(() => host.problems().join(), patiently).toMatch(/CORS policy/)
    expect(await host.frame.getByRole('heading').count()).toBe(0)
    expect(await heading(host.component, 'Deliveries').count()).toBe(0)
  })

  test('that the token is not for gets nothing, though the operator named it', async () => {
    const { frame, component, requests } = await openHost(embedding().otherUrl)
    await frame.getByText('This page may not show the console').waitFor()
    await component.getByText('Your session has ended').waitFor()
    const answered = requests.filter(({ url, status }) => url.includes('/v1/') && status === 200)
    // The frame asks once, with the console's own origin, and reads that the token is for another page.
    expect(answered.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/session'])
  })

  test('that holds a token of somebody else, and says to be them, sees nothing', async () => {
    const { posthorn, posthornUrl, organisationId, hostUrl, otherUrl } = embedding()
    const { body } = await posthorn.call('POST', '/v1/portal-tokens', {
      body: { organisationId, allowedOrigins: [hostUrl] },
    })
    const { page, frame, requests } = await openHost(otherUrl)
    const before = requests.length
    const hash = `token=${body.token}&origin=${hostUrl}`
    await page.setContent(`<iframe src="${posthornUrl}/admin/deliveries#${hash}"></iframe>`)
    await frame.getByText('This page may not show the console').waitFor()
    const asked = requests.slice(before).filter(({ url }) => url.includes('/v1/'))
    expect(new Set(asked.map(({ url }) => new URL(url).pathname))).toEqual(new Set(['/v1/session']))
  })

  test('that puts a page of the right origin into a frame, with the console in it, sees nothing', async () => {
    const { hostUrl, otherUrl } = embedding()
    const { page } = await openHost(otherUrl)
    await page.setContent(`<iframe src="${hostUrl}" width="1200" height="800"></iframe>`)
    const inner = page.frameLocator('iframe').frameLocator('iframe').first()
    await inner.getByText('This page may not show the console').waitFor()
    expect(await inner.getByRole('navigation').count()).toBe(0)
  })

  test('cannot speak to the console from a window beside it', async () => {
    const { page, frame, requests } = await openBoth()
    // As the host would say it, but from a frame of the same page.
    await page.evaluate(`{
      const sibling = document.createElement('iframe')
      sibling.srcdoc = \`<script>
        parent.frames[0].postMessage({ posthorn: 1, type: 'navigate', path: '/events' }, '*')
        parent.frames[0].postMessage({ posthorn: 1, type: 'token:set', token: 'pht_stolen' }, '*')
        parent.document.title = 'said'
      </scr\` + \`ipt>\`
      document.body.append(sibling)
    }`)
    await page.waitForFunction(`document.title === 'said'`)
    await revokeTokens()
    await frame.getByRole('button', { name: 'Show or hide the navigation' }).click()
    await frame.getByRole('link', { name: 'Subscriptions' }).click()
    await heading(frame, 'Subscriptions').waitFor()
    expect(await heading(frame, 'Events').count()).toBe(0)
    expect(requests.map(({ url }) => url).join()).not.toContain('stolen')
  })
})

test('theme and accent are those of the host', async () => {
  const host = await openBoth()
  expect(await stylesOf(host, 'color-scheme')).toEqual(['light', 'light'])
  await host.page.getByLabel('Theme').selectOption('dark')
  await expect.poll(() => stylesOf(host, 'color-scheme'), patiently).toEqual(['dark', 'dark'])
  await host.page.getByLabel('Accent').fill('#aa3366')
  const accents = () => stylesOf(host, '--mantine-color-accent-5')
  await expect.poll(accents, patiently).toEqual(['#aa3366', '#aa3366'])
  host.expectClean()
})

describe('the styles of the page', () => {
  test('end where the component begins', async () => {
    const host = await openBoth()
    for (const property of ['color', 'font-family', 'font-size', 'letter-spacing', 'display']) {
      const [inFrame, inComponent] = await stylesOf(host, property)
      expect(inComponent, property).toBe(inFrame)
    }
    // The host hides all its own.
    await host.component.getByRole('button', { name: 'Forward' }).waitFor()
    await host.page
      .getByRole('button', { name: 'Sign out of Harbour' })
      .waitFor({ state: 'hidden' })
  })

  test('are as they were, and so are its title and its address', async () => {
    const host = await openBoth()
    const styles = await host.page.evaluate<string>(`JSON.stringify([
      getComputedStyle(document.querySelector('header')).boxSizing,
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.documentElement).getPropertyValue('--mantine-color-body'),
      document.documentElement.getAttributeNames(),
      document.title,
      location.pathname,
    ])`)
    expect(JSON.parse(styles)).toEqual([
      'content-box',
      'rgb(255, 246, 229)',
      '#f0f',
      ['lang'],
      'Harbour, a dashboard',
      '/',
    ])
  })
})

test('dialogs of the component work in its shadow root, by keyboard, too', async () => {
  const { page, component, expectClean } = await openBoth()
  await page.getByLabel('Component', { exact: false }).first().selectOption('PosthornConsole')
  await heading(component, 'Overview').waitFor()
  await component.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  const dialog = component.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await dialog.waitFor()
  const box = await dialog.boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1600)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  const focused = component
    .getByRole('button', { name: 'Keyboard shortcuts' })
    .and(page.locator(':focus'))
  await focused.waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await heading(component, 'Subscriptions').waitFor()
  await component.getByRole('button', { name: 'Back' }).click()
  await heading(component, 'Overview').waitFor()
  expectClean()
})

test('keys that are pressed elsewhere on the page are not for the component', async () => {
  const { page, component } = await openBoth()
  await page.getByLabel('Component', { exact: false }).first().selectOption('PosthornConsole')
  await heading(component, 'Overview').waitFor()
  await page.getByLabel('Accent').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await component.getByRole('link', { name: 'Deliveries' }).click()
  await heading(component, 'Deliveries').waitFor()
  await component.getByRole('button', { name: 'Back' }).click()
  await heading(component, 'Overview').waitFor()
})

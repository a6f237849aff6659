import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import type { StyleScope } from '../console/theme-provider.tsx'
import './isolation.css'

/** All of the console's CSS; the build of the library puts it in. */
declare const CONSOLE_STYLES: string

/** Made when first needed, for all consoles of the page. A constructed sheet is no matter of the host's policy. */
let sheet: CSSStyleSheet | undefined

function styleSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(CONSOLE_STYLES)
  }
  return sheet
}

function createBox(className: string): HTMLElement {
  const box = document.createElement('div')
  box.className = className
  return box
}

/**
 * A dialog remembers what had the focus as the document names it, which is the host of the shadow root, and gives it back
 * there: to what had it inside.
 */
function returnFocus(host: HTMLElement, app: HTMLElement): void {
  let last: HTMLElement | undefined
  app.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) last = target
  })
  host.focus = (options) => last?.focus(options)
}

/** A place inside `host` that shares neither styles nor events of React with the page. */
export function openIsolation(host: HTMLElement) {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  shadow.adoptedStyleSheets = [styleSheet()]
  const root = createBox('posthorn-root')
  const app = createBox('posthorn-app')
  const portals = createBox('posthorn-portals')
  root.append(app, portals)
  shadow.replaceChildren(root)
  // So that keys are for us after a click on anything inside.
  root.tabIndex = -1
  returnFocus(host, app)
  const react = createRoot(app)
  const scope: StyleScope = { root, selector: '.posthorn-root', portals }
  return {
    scope,
    render: (content: ReactNode) => react.render(content),
    close: () => {
      // Not while the host's own React is in the middle of something.
      queueMicrotask(() => react.unmount())
      root.remove()
    },
  }
}

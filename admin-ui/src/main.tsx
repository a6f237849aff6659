import { createBrowserHistory } from '@tanstack/react-router'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Console } from './console/console.tsx'
import { trustStylesOnly } from './console/trusted-types.ts'
import { FramedConsole } from './frame/framed-console.tsx'
import { openFrame } from './frame/open-frame.ts'
import { StandaloneSignIn } from './session/standalone-sign-in.tsx'
import { TokenHolder } from './session/token-holder.ts'

trustStylesOnly()
const base = new URL(document.baseURI)
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce
// Where the library that keeps the page behind a dialog from scrolling looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce })

const page = {
  // The server mounts the console below the API.
  url: new URL('../', base).href,
  basePath: base.pathname,
  styleNonce: nonce || undefined,
}

function standalone(): ReactNode {
  const tokens = new TokenHolder()
  tokens.takeFromAddress()
  // A link with a token, pasted where the page is open already, loads nothing.
  addEventListener('hashchange', () => tokens.takeFromAddress())
  return (
    <Console
      {...page}
      tokens={tokens}
      history={createBrowserHistory()}
      signIn={<StandaloneSignIn tokens={tokens} />}
    />
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      {parent === window ? standalone() : <FramedConsole {...page} frame={openFrame(page.url)} />}
    </StrictMode>,
  )
}

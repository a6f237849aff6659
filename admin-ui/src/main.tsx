import { createBrowserHistory } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Console } from './console/console.tsx'
import { StandaloneSignIn } from './session/standalone-sign-in.tsx'
import { TokenHolder } from './session/token-holder.ts'

const base = new URL(document.baseURI)
const tokens = new TokenHolder()
tokens.takeFromAddress()
// A link with a token, pasted where the page is open already, loads nothing.
addEventListener('hashchange', () => tokens.takeFromAddress())

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Console
        // The server mounts the console below the API.
        url={new URL('../', base).href}
        tokens={tokens}
        history={createBrowserHistory()}
        basePath={base.pathname}
        styleNonce={
          document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce || undefined
        }
        signIn={<StandaloneSignIn tokens={tokens} />}
      />
    </StrictMode>,
  )
}

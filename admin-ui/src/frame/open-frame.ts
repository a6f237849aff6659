import { createPosthornClient } from '@posthorn/sdk'
import { createMemoryHistory, type RouterHistory } from '@tanstack/react-router'
import { RenewingTokens } from '../session/renewing-tokens.ts'
import { takeToken } from '../session/take-token.ts'
import { type HostLink, linkToHost, requestToken } from './host-link.ts'
import type { FrameSettings } from './protocol.ts'
import { readSettings } from './read-host.ts'

export interface Frame {
  settings: FrameSettings
  /** Undefined when nobody said whose page this is in. */
  link: HostLink | undefined
  tokens: RenewingTokens
  /** In memory, so that the browser's "back" stays the host's. */
  history: RouterHistory
}

/** Finds out who has put the console into a frame, and how to come by tokens there. */
export function openFrame(url: string): Frame {
  let first = takeToken()
  const settings = readSettings(location.hash)
  // What the browser says cannot be made up. Not every browser says it.
  const ancestors = [...(location.ancestorOrigins ?? [settings.origin])]
  const origin = URL.parse(ancestors[0] ?? '')?.origin
  const link = origin === undefined ? undefined : linkToHost(origin)
  const tokens = new RenewingTokens({
    async fetchToken() {
      const token = first
      first = undefined
      if (token !== undefined) return token
      if (link === undefined) throw new Error('There is nobody to ask')
      return requestToken(link)
    },
    readFacts: (token) => createPosthornClient({ url, token, retries: 1 }).session(),
    isAllowed: ({ allowedOrigins }) =>
      allowedOrigins === null ||
      // As frame-ancestors does it: a page around a good page can lay something over both.
      ancestors.every(
        (ancestor) =>
          ancestor !== undefined &&
          (ancestor === location.origin || allowedOrigins.includes(ancestor)),
      ),
    onEnd: (code) => link?.post({ type: 'error', code }),
  })
  const history = createMemoryHistory({ initialEntries: [location.pathname + location.search] })
  return { settings, link, tokens, history }
}

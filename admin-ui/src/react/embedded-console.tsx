import { createPosthornClient } from '@posthorn/sdk'
import { createMemoryHistory, type RouterHistory } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { Console } from '../console/console.tsx'
import type { StyleScope } from '../console/theme-provider.tsx'
import { RenewingTokens } from '../session/renewing-tokens.ts'
import { SessionEnded } from '../session/session-ended.tsx'
import type { PosthornConsoleProps } from './props.ts'

interface Props extends PosthornConsoleProps {
  view: string
  scope: StyleScope
}

/** The console with a history of its own, so that the host's address stays the host's. */
export function EmbeddedConsole(props: Props): ReactNode {
  const { view, organisationId, theme = 'auto', accent, styleNonce, scope } = props
  const url = new URL(props.url.replace(/\/?$/, '/'), location.href).href
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const address = withOrganisation(view, organisationId)
  const [history] = useState(() => createMemoryHistory({ initialEntries: [address] }))
  const [tokens] = useState(() => createTokens(url, latest))
  useEffect(() => () => tokens.forget(), [tokens])
  useNavigation(history, address, latest)
  return (
    <Console
      url={url}
      tokens={tokens}
      history={history}
      colorScheme={theme}
      accent={accent}
      styleNonce={styleNonce}
      scope={scope}
      signIn={<SessionEnded tokens={tokens} />}
      embedding={{ hideNavigation: props.hideNavigation ?? false, root: scope.root }}
    />
  )
}

function createTokens(url: string, latest: RefObject<Props>): RenewingTokens {
  return new RenewingTokens({
    fetchToken: async () => latest.current.getToken(),
    readFacts: (token) => createPosthornClient({ url, token, retries: 1 }).session(),
    isAllowed: ({ allowedOrigins }) =>
      allowedOrigins === null ||
      allowedOrigins.includes(location.origin) ||
      new URL(url).origin === location.origin,
    onEnd: (reason) => latest.current.onError?.(reason),
  })
}

/** Follows the host to another view, and tells it of those the person went to. */
function useNavigation(history: RouterHistory, address: string, latest: RefObject<Props>): void {
  const asked = useRef(address)
  useEffect(() => {
    if (asked.current !== address && history.location.href !== address) history.push(address)
    asked.current = address
  }, [history, address])
  useEffect(
    () => history.subscribe(({ location }) => latest.current.onNavigate?.(location.href)),
    [history, latest],
  )
}

/** The address says for a platform credential whose pages these are, and keeps it from page to page. */
function withOrganisation(view: string, organisationId: string | undefined): string {
  if (organisationId === undefined) return view
  const [path, search] = view.split('?')
  const query = new URLSearchParams(search)
  query.set('organisationId', organisationId)
  return `${path}?${query}`
}

import { useEffect, useState } from 'react'
import { Console } from '../console/console.tsx'
import { SessionEnded } from '../session/session-ended.tsx'
import type { Frame } from './open-frame.ts'

interface Props {
  frame: Frame
  url: string
  basePath: string
  styleNonce: string | undefined
}

/** The console in a frame of somebody else's page. */
export function FramedConsole({ frame, url, basePath, styleNonce }: Props) {
  const { settings, link, tokens, history } = frame
  const [look, setLook] = useState({ theme: settings.theme ?? 'auto', accent: settings.accent })
  useEffect(() => {
    const stopListening = link?.listen((message) => {
      if (message.type === 'theme:set') {
        const { theme, accent } = message
        setLook((old) => ({ theme: theme ?? old.theme, accent: accent ?? old.accent }))
      }
      if (message.type === 'navigate') history.push(basePath.replace(/\/$/, '') + message.path)
    })
    const stopTelling = history.subscribe(({ location }) =>
      link?.post({ type: 'navigate', path: location.href.slice(basePath.length - 1) }),
    )
    const watch = new ResizeObserver(([entry]) =>
      link?.post({ type: 'resize', height: Math.ceil(entry?.contentRect.height ?? 0) }),
    )
    watch.observe(document.body)
    link?.post({ type: 'ready' })
    return () => {
      stopListening?.()
      stopTelling()
      watch.disconnect()
    }
  }, [link, history, basePath])
  return (
    <Console
      url={url}
      tokens={tokens}
      history={history}
      basePath={basePath}
      colorScheme={look.theme}
      accent={look.accent}
      styleNonce={styleNonce}
      signIn={<SessionEnded tokens={tokens} />}
      embedding={{ hideNavigation: settings.navigation === 'hidden' }}
    />
  )
}

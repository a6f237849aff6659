import { type ReactNode, useEffect, useRef, useState } from 'react'
import { EmbeddedConsole } from './embedded-console.tsx'
import { openIsolation } from './isolation.ts'
import type { PosthornConsoleProps } from './props.ts'

/** The console in a shadow root: neither do the host's styles reach it, nor its own the host. */
export function IsolatedConsole(
  props: PosthornConsoleProps & Required<Pick<PosthornConsoleProps, 'view'>>,
): ReactNode {
  const host = useRef<HTMLDivElement>(null)
  const [isolation, setIsolation] = useState<ReturnType<typeof openIsolation>>()
  useEffect(() => {
    if (!host.current) return
    const opened = openIsolation(host.current)
    setIsolation(opened)
    return opened.close
  }, [])
  useEffect(() => {
    isolation?.render(<EmbeddedConsole key={props.url} {...props} scope={isolation.scope} />)
  })
  return (
    <div className={props.className} style={{ height: '100%', ...props.style }}>
      <div ref={host} />
    </div>
  )
}

import { type ConsoleMessage, type HostMessage, protocolVersion } from './protocol.ts'
import { readHostMessage } from './read-host.ts'

/** The console's end of the line to the page around it. */
export interface HostLink {
  post(message: ConsoleMessage): void
  /** Returns what stops it. */
  listen(receive: (message: HostMessage) => void): () => void
}

/** Speaks to the window above, and only while its page is of `origin`. */
export function linkToHost(origin: string): HostLink {
  return {
    post: (message) => parent.postMessage({ posthorn: protocolVersion, ...message }, origin),
    listen(receive) {
      const hear = (event: MessageEvent<unknown>) => {
        if (event.source !== parent || event.origin !== origin) return
        const message = readHostMessage(event.data)
        if (message) receive(message)
      }
      addEventListener('message', hear)
      return () => removeEventListener('message', hear)
    },
  }
}

/** How long the host may take over a token. */
const tokenTimeoutMs = 15_000

/** Asks the host for a token. @throws when it has none, or does not answer */
export function requestToken(link: HostLink): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const stop = link.listen((message) => {
      if (message.type === 'token:set') settle(() => resolve(message.token))
      if (message.type === 'error') settle(() => reject(new Error(message.code)))
    })
    const timer = setTimeout(
      () => settle(() => reject(new Error('The host did not answer'))),
      tokenTimeoutMs,
    )
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      stop()
      finish()
    }
    link.post({ type: 'token:request' })
  })
}

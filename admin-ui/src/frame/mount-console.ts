import {
  type ConsoleMessage,
  type FrameSettings,
  type HostMessage,
  protocolVersion,
  type Theme,
} from './protocol.ts'

/** `session_ended`: no token after three tries. `origin_refused`: the token is not for this page's origin. */
export type ConsoleError = Extract<ConsoleMessage, { type: 'error' }>['code']

export interface MountOptions {
  /** Where the console is: `https://posthorn.example.com/admin/`. */
  src: string
  /** Asks your backend for a new portal token, each time it is called. It never stands in an address. */
  getToken: () => string | Promise<string>
  /** @default 'auto', as the system says */
  theme?: Theme
  /** The colour of buttons and links, `#rrggbb`; made darker or lighter until it is readable. */
  accent?: string
  /** The page to begin with: `/deliveries?status=failed`. @default '/' */
  view?: string
  /** Leaves out the console's own navigation. @default false */
  hideNavigation?: boolean
  /** Makes the frame as high as what is in it, instead of as high as its place. @default false */
  autoHeight?: boolean
  /** What a screen reader calls the frame. @default 'Webhooks' */
  title?: string
  /** Told which page is shown, to keep it in your own address. */
  onNavigate?: (view: string) => void
  onError?: (error: ConsoleError) => void
}

export interface MountedConsole {
  setTheme(theme: Theme, accent?: string): void
  navigate(view: string): void
  /** Takes the frame away and stops listening. */
  destroy(): void
}

/** Puts the console into a frame inside `element`. Its server must name this origin in `console.frameAncestors`. */
export function mountConsole(element: Element, options: MountOptions): MountedConsole {
  const { href, origin } = new URL(options.src, location.href)
  const frame = createFrame(options)
  frame.src = href.replace(/\/?$/, options.view ?? '/') + hashOf(options)

  // What is said before the console listens waits for it.
  const waiting: HostMessage[] = []
  let isReady = false
  const post = (message: HostMessage) => {
    if (!isReady) waiting.push(message)
    else frame.contentWindow?.postMessage({ posthorn: protocolVersion, ...message }, origin)
  }
  const giveToken = async () => {
    try {
      post({ type: 'token:set', token: await options.getToken() })
    } catch {
      post({ type: 'error', code: 'token_unavailable' })
    }
  }
  const receive = (message: ConsoleMessage) => {
    switch (message.type) {
      case 'ready':
        isReady = true
        for (const early of waiting.splice(0)) post(early)
        break
      case 'token:request':
        void giveToken()
        break
      case 'resize':
        if (options.autoHeight) frame.style.height = `${message.height}px`
        break
      case 'navigate':
        options.onNavigate?.(message.path)
        break
      case 'error':
        options.onError?.(message.code)
    }
  }
  const hear = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return
    if (event.data?.posthorn === protocolVersion) receive(event.data)
  }
  addEventListener('message', hear)
  element.append(frame)

  return {
    setTheme: (theme, accent) => post({ type: 'theme:set', theme, accent }),
    navigate: (path) => post({ type: 'navigate', path }),
    destroy() {
      removeEventListener('message', hear)
      frame.remove()
    },
  }
}

function createFrame({ title = 'Webhooks' }: MountOptions): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.title = title
  frame.allow = 'clipboard-write'
  frame.referrerPolicy = 'no-referrer'
  Object.assign(frame.style, { display: 'block', width: '100%', height: '100%', border: '0' })
  return frame
}

function hashOf({ theme, accent, hideNavigation }: MountOptions): string {
  const settings = new URLSearchParams({ origin: location.origin } satisfies FrameSettings)
  if (theme) settings.set('theme', theme)
  if (accent) settings.set('accent', accent)
  if (hideNavigation) settings.set('navigation', 'hidden')
  return `#${settings}`
}

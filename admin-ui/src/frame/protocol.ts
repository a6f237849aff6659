/**
 * What the console in a frame and the page around it say to each other, by postMessage. Each checks the other's window
 * and exact origin; what is not of this shape is for somebody else.
 *
 *     console                         host
 *     ready               ──────────►            it listens now
 *     token:request       ──────────►            at first, before expiry, and when one was refused
 *                         ◄──────────  token:set (or error, when there is none to be had)
 *                         ◄──────────  theme:set, navigate
 *     navigate, resize    ──────────►            where it is, how high it is
 *     error               ──────────►            why it cannot go on
 */
export const protocolVersion = 1

export type Theme = 'light' | 'dark' | 'auto'

export type ConsoleMessage =
  | { type: 'ready' }
  | { type: 'token:request' }
  | { type: 'resize'; height: number }
  | { type: 'navigate'; path: string }
  | { type: 'error'; code: 'session_ended' | 'origin_refused' }

export type HostMessage =
  | { type: 'token:set'; token: string }
  | { type: 'theme:set'; theme?: Theme | undefined; accent?: string | undefined }
  | { type: 'navigate'; path: string }
  | { type: 'error'; code: 'token_unavailable' }

/** What the host says when it opens the frame: behind the `#`, which no server sees. */
export interface FrameSettings {
  /** The page around the frame, where the browser does not say it. */
  origin?: string | undefined
  theme?: Theme | undefined
  accent?: string | undefined
  /** The host has navigation of its own. */
  navigation?: 'hidden' | undefined
}

import type { CSSProperties } from 'react'

/** What a host says to any of the components. They fill the place they are in, 24rem high at least. */
export interface PosthornConsoleProps {
  /** Where the API is: `/webhooks`, `https://posthorn.example.com`. That one must name your origin in `corsOrigins`. */
  url: string
  /** Asks your backend for a new portal token, each time it is called. */
  getToken: () => string | Promise<string>
  /** For tokens that are not of one organisation: whose pages to show. */
  organisationId?: string
  /** @default 'auto', as the system says */
  theme?: 'light' | 'dark' | 'auto'
  /** The colour of buttons and links, `#rrggbb`; made darker or lighter until it is readable. */
  accent?: string
  /** The page that is shown: `/deliveries?status=failed`. Another value goes there. */
  view?: string
  /** Told which page is shown. Your own address stays as it is, unless you change it here. */
  onNavigate?: (view: string) => void
  /** Told when no token could be had three times in a row, or when the token is not for this page's origin. */
  onError?: (error: 'session_ended' | 'origin_refused') => void
  /** Leaves out the console's own navigation. @default false; true for the single pages */
  hideNavigation?: boolean
  /** Where your content security policy asks for one: the nonce of style elements. */
  styleNonce?: string
  /** Of the element around it. */
  className?: string
  style?: CSSProperties
}

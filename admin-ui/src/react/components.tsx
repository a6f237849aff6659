import type { ReactNode } from 'react'
import { IsolatedConsole } from './isolated-console.tsx'
import type { PosthornConsoleProps } from './props.ts'

/** The whole console as a part of your page. */
export function PosthornConsole(props: PosthornConsoleProps): ReactNode {
  return <IsolatedConsole view="/" {...props} />
}

/** The subscriptions, and what leads from them. */
export function SubscriptionList(props: PosthornConsoleProps): ReactNode {
  return <IsolatedConsole view="/subscriptions" hideNavigation {...props} />
}

/** The log of deliveries, and what leads from it. */
export function DeliveryLog(props: PosthornConsoleProps): ReactNode {
  return <IsolatedConsole view="/deliveries" hideNavigation {...props} />
}

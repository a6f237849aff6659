import type { Subscription } from '@posthorn/sdk'

/** What a person knows a subscription by: its description, or where it sends to. */
export function subscriptionName(
  subscriptions: readonly Subscription[],
  subscriptionId: string,
): string {
  const subscription = subscriptions.find(({ id }) => id === subscriptionId)
  if (!subscription) return shortId(subscriptionId)
  return subscription.description || hostAndPath(subscription.url)
}

/** The end of an id: the beginning of a UUIDv7 is the time, alike in neighbours. */
export function shortId(id: string): string {
  return `…${id.slice(-8)}`
}

function hostAndPath(url: string): string {
  if (!URL.canParse(url)) return url
  const { host, pathname } = new URL(url)
  return pathname === '/' ? host : host + pathname
}

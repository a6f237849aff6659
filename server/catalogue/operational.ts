/** The source of events that Posthorn itself reports. Callers of the API may not use it. */
export const operationalSource = 'posthorn'

/** Event types that only Posthorn makes: what happened to subscriptions and deliveries. */
export const operationalEventTypes = {
  subscriptionDisabled: { eventType: 'SubscriptionDisabled', entityType: 'Subscription' },
  deliveryExhausted: { eventType: 'DeliveryExhausted', entityType: 'Delivery' },
} as const

const names: ReadonlySet<string> = new Set(
  Object.values(operationalEventTypes).map(({ eventType }) => eventType),
)

/** Whether an event is about Posthorn's own work. By its type alone, so that nobody's rows can make a loop. */
export function isOperational(eventType: string): boolean {
  return names.has(eventType)
}

/** Keys of the queries: all lists of an organisation, and what is about one subscription. */
export const subscriptionsKey = (organisationId: string | null) =>
  [organisationId, 'subscriptions'] as const

export const subscriptionKey = (organisationId: string | null, id: string) =>
  [organisationId, 'subscription', id] as const

export const palette = {
  label: 'Search and commands',
  placeholder: 'A page, a subscription, an event type, an id …',
  nothing: 'Nothing found',
  searching: 'Searching …',
  noSuchId: 'Nothing here has this id, or what had it is no longer kept.',
  groups: {
    found: 'With this id',
    pages: 'Pages',
    subscriptions: 'Subscriptions',
    eventTypes: 'Event types',
    organisations: 'Organisations',
    commands: 'Commands',
  },
  kinds: {
    delivery: 'Delivery',
    event: 'Event',
    subscription: 'Subscription',
    replay: 'Replay',
    organisation: 'Organisation',
  },
  newSubscription: 'New subscription',
}

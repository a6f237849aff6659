import { issueEvent } from '../support/create-test-posthorn.ts'

/*
 * Where a request can name something, and what an attacker would write there. `{event}` is filled in with the id of
 * another organisation's event, `{own.event}` with one's own.
 */

/** What the id in a path is of, by the second segment. */
export const inPath: Record<string, string[]> = {
  subscriptions: ['{subscription}', 'uid:{uid}', '{pulled}', '{paused}', '{SUBSCRIPTION}'],
  events: ['{event}', '{EVENT}'],
  deliveries: ['{succeeded}', '{failed}', '{waiting}', '{leased}'],
  replays: ['{replay}'],
  organisations: ['{organisation}', '{ORGANISATION}'],
  'api-keys': ['{apiKey}'],
  'portal-tokens': ['{portalToken}'],
  // The catalogue is everybody's, and changed by the platform alone.
  'event-types': ['IssueCreated'],
}

/** Parameters of queries and headers; an empty list is for those that name nothing of an organisation. */
export const inParameters: Record<string, string[]> = {
  organisationId: ['{organisation}', '{ORGANISATION}'],
  subscriptionId: ['{subscription}', '{paused}', '{own.subscription},{subscription}'],
  eventId: ['{event}'],
  entityId: ['{entity}'],
  correlationId: ['{correlation}'],
  replayId: ['{replay}'],
  targetId: ['{subscription}', '{organisation}', '{portalToken}'],
  actorId: ['{apiKey}'],
  cursor: ['{cursor.event}', '{cursor.succeeded}', '{cursor.subscription}', '{cursor.history}'],
  idPrefix: ['{event}'],
  lastEventId: ['{event}'],
  'last-event-id': ['{event}'],
  subject: ['{uid}'],
  source: ['{uid}'],
  q: ['{uid}'],
  ...Object.fromEntries(
    [
      'action include interval limit expired targetKind since until status eventType entityType statusCode outcome',
      'trigger minAttempts maxAttempts sort format dryRun if-match name id Idempotency-Key',
    ]
      .join(' ')
      .split(' ')
      .map((name) => [name, []]),
  ),
}

/** A request that names something in its body, or in its path something of one's own. */
export interface Aim {
  /** Instead of what `inPath` says. */
  path?: string
  query?: string
  body?: unknown
}

const url = 'https://example.com/'
const ofThem = { organisationId: '{organisation}' }
const replays = [
  ofThem,
  { deliveryIds: ['{succeeded}', '{failed}', '{waiting}'] },
  { ...ofThem, deliveryIds: ['{succeeded}'] },
  { mode: 'all', filter: { subscriptionId: ['{subscription}'] } },
  { mode: 'missing', filter: { subscriptionId: ['{subscription}'] } },
  { mode: 'all', filter: { subscriptionId: ['{own.subscription}', '{subscription}'] } },
  { mode: 'all', filter: { eventId: '{event}' } },
  { mode: 'all', filter: { entityId: '{entity}' } },
  { filter: { replayId: '{replay}' } },
]
const leased = [{ id: '{leased}', attempt: 1 }]

/** Of every operation that takes a body. */
export const aims: Record<string, Aim[]> = {
  'POST /v1/api-keys': [{ body: { ...ofThem, name: 'x', scopes: ['events:read'] } }],
  'POST /v1/api-keys/{id}/rotate': [{ body: {} }, { body: { overlapSeconds: 0 } }],
  'POST /v1/portal-tokens': [{ body: ofThem }, { body: { ...ofThem, subject: '{uid}' } }],
  'PUT /v1/organisations/{id}': [{ body: { name: 'taken over' } }],
  'PUT /v1/event-types/{name}': [{ body: { entityType: 'Issue', description: 'taken over' } }],
  'POST /v1/subscriptions': [
    { body: { ...ofThem, url } },
    { body: { uid: '{uid}', url } },
    { body: { entityIds: ['{entity}'], url } },
  ],
  'PATCH /v1/subscriptions/{id}': [
    { body: { description: 'taken over' } },
    { path: '/v1/subscriptions/{own.failing}', body: { uid: '{uid}' } },
    { path: '/v1/subscriptions/{own.failing}', body: { uid: 'free-again' } },
  ],
  'PUT /v1/subscriptions/{id}': [
    { body: { url } },
    { body: { ...ofThem, url } },
    { path: '/v1/subscriptions/{own.paused}', body: { ...ofThem, url } },
  ],
  'POST /v1/subscriptions/{id}/test': [
    { body: {} },
    { body: ofThem },
    { path: '/v1/subscriptions/{own.subscription}/test', body: ofThem },
  ],
  'POST /v1/subscriptions/preview': [
    { body: ofThem },
    { body: { entityIds: ['{entity}'] } },
    { body: { organisationId: null, eventsOf: '{organisation}' } },
  ],
  'POST /v1/subscriptions/check-url': [{ body: { url } }],
  'POST /v1/subscriptions/{id}/rotate-secret': [{ body: {} }, { body: { overlapSeconds: 0 } }],
  'POST /v1/subscriptions/{id}/pull': [{ body: { limit: 1, leaseSeconds: 1 } }],
  'POST /v1/subscriptions/{id}/ack': [
    ...[{}, { path: '/v1/subscriptions/{own.pulled}/ack' }].flatMap((where) => [
      { ...where, body: { succeeded: leased } },
      { ...where, body: { failed: leased } },
      { ...where, body: { released: leased } },
      { ...where, body: { succeeded: [{ id: '{waiting}', attempt: 1 }] } },
    ]),
  ],
  'POST /v1/events': [
    { body: issueEvent(ofThem) },
    { body: issueEvent({ organisationId: '{ORGANISATION}' }) },
    { body: issueEvent({ id: '{event}' }) },
    {
      body: issueEvent({ entityId: '{entity}', correlationId: '{correlation}', userId: '{user}' }),
    },
  ],
  'POST /v1/events/batch': [
    { body: { ...ofThem, events: [issueEvent()] } },
    { body: { events: [issueEvent(), issueEvent(ofThem), issueEvent({ id: '{event}' })] } },
  ],
  'POST /v1/replays': replays.flatMap((body) => [{ query: 'dryRun=true', body }, { body }]),
}

import { type ApiKeys, createApiKeys } from './api-keys.ts'
import { type Audit, createAudit } from './audit.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'

import type { AnyEvents, EventCatalogue, EventToEmit } from './event-catalogue.ts'
import { createEventTypes, type EventTypes } from './event-types.ts'
import { createEvents, type Events } from './events.ts'
import type { AcceptedEvent, EventBatchResult, Session, System } from './generated/types.gen.ts'
import { createOrganisations, type Organisations } from './organisations.ts'
import { createPortalTokens, type PortalTokens } from './portal-tokens.ts'
import { postEvent, postEvents } from './post-events.ts'
import { createReplays, type Replays } from './replays.ts'
import { type ConnectionOptions, createOpen, createSend } from './request.ts'
import { createStats, type Stats } from './stats.ts'
import { type StreamEvent, type StreamOptions, type StreamQuery, streamAttempts } from './stream.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

/** How to reach a Posthorn server. Only `url` and a credential are needed: `apiKey` or `token`. */
export interface PosthornClientOptions extends ConnectionOptions {
  /**
   * For platform keys: the organisation that is meant wherever a call names none. Keys of an organisation need none.
   * @default none
   */
  organisationId?: string
}

/**
 * A client of Posthorn's API. Calls are repeated, with growing pauses, after 429, 502, 503, 504 and broken connections;
 * what would otherwise happen twice carries an `Idempotency-Key`, so that it happens once. Each throws PosthornApiError when the server refuses and TypeError when it cannot be reached.
 */
export interface PosthornClient<Catalogue extends EventCatalogue = AnyEvents> {
  /**
   * Posts one event; when it resolves, the event is durable. It has its id before the first try, so trying again never
   * makes two events of it. Errors: `validation_failed`, `event_conflict`.
   */
  emit(event: EventToEmit<Catalogue>): Promise<AcceptedEvent>
  /**
   * Posts any number of events, up to 1,000 per request, and returns a result per event, in order. An event that is
   * refused does not take others with it, so look at each `status`. If a request fails for good it throws, and the
   * events of earlier requests stay; give events an `id` of your own to be able to send them all again.
   */
  emitMany(events: Iterable<EventToEmit<Catalogue>>): Promise<EventBatchResult[]>
  readonly events: Events
  readonly eventTypes: EventTypes
  readonly subscriptions: Subscriptions
  readonly deliveries: Deliveries
  readonly stats: Stats
  /**
   * Attempts as they are recorded, until the loop is left or `signal` aborts. Comes back by itself when the connection is
   * lost. Throws PosthornApiError when the server refuses: `scope_missing`, or `credentials_invalid` once the key is revoked.
   */
  stream(query?: StreamQuery, options?: StreamOptions): AsyncGenerator<StreamEvent, void, undefined>
  readonly replays: Replays
  readonly organisations: Organisations
  readonly apiKeys: ApiKeys
  readonly audit: Audit
  readonly portalTokens: PortalTokens
  /** Who the credential says we are. Errors: `credentials_missing`, `credentials_invalid`. */
  session(): Promise<Session>
  /** How Posthorn runs: dispatchers, queue, storage. Errors: `scope_missing`, `platform_credential_required`. */
  system(): Promise<System>
}

/**
 * Makes a client; nothing is sent before the first call. @throws TypeError unless there is exactly one credential
 * `createPosthornClient<BuiltInEvents>(…)` lets the compiler check each event's `data`.
 */
export function createPosthornClient<Catalogue extends EventCatalogue = AnyEvents>(
  options: PosthornClientOptions,
): PosthornClient<Catalogue> {
  const send = createSend(options)
  const open = createOpen(options)
  const { organisationId } = options
  return {
    emit: (event) => postEvent(send, organisationId, event),
    emitMany: (events) => postEvents(send, organisationId, events),
    events: createEvents(send, organisationId),
    eventTypes: createEventTypes(send),
    subscriptions: createSubscriptions(send, organisationId),
    deliveries: createDeliveries(send, organisationId),
    stats: createStats(send, organisationId),
    stream: (query = {}, streamOptions = {}) =>
      streamAttempts(open, { organisationId, ...query }, streamOptions),
    replays: createReplays(send, organisationId),
    organisations: createOrganisations(send),
    apiKeys: createApiKeys(send, organisationId),
    audit: createAudit(send, organisationId),
    portalTokens: createPortalTokens(send, organisationId),
    session: () => send({ method: 'GET', path: '/v1/session' }),
    system: () => send({ method: 'GET', path: '/v1/system' }),
  }
}

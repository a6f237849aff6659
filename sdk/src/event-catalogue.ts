import type { EventInput } from './generated/types.gen.ts'

/** What a program knows of one event type. */
export interface EventShape {
  entityType: string
  /** The type of the event's `data`. */
  data: object
}

/**
 * The event types of a dashboard, for the compiler: event type → entity type and the shape of `data`. Write yours as
 * a `type` (an `interface` has no index) and join it with the built-in ones: `BuiltInEvents & MyEvents`.
 */
export type EventCatalogue = { [eventType: string]: EventShape }

/** Any event type with any data: what a client knows when it is told nothing. */
export type AnyEvents = EventCatalogue

type NamesOf<Catalogue extends EventCatalogue> = keyof Catalogue & string

/** An event to post. Which `data` and `entityType` it has follows from its `eventType`. */
export type EventToEmit<Catalogue extends EventCatalogue = AnyEvents> = {
  [Name in NamesOf<Catalogue>]: Omit<EventInput, 'entityType' | 'eventType' | 'data'> & {
    eventType: Name
    entityType: Catalogue[Name]['entityType']
    data: Catalogue[Name]['data']
  }
}[NamesOf<Catalogue>]

type DataOf<
  Catalogue extends EventCatalogue,
  Name extends NamesOf<Catalogue>,
> = string extends keyof Catalogue ? Record<string, unknown> : Catalogue[Name]['data']

/** The body of a webhook. Which `data` it has follows from its `type`. */
export type WebhookEvent<Catalogue extends EventCatalogue = AnyEvents> = {
  [Name in NamesOf<Catalogue>]: {
    /** Id of the event, the same for all subscriptions and all attempts. */
    id: string
    type: Name
    /** When it happened, RFC 3339. */
    timestamp: string
    entityType: Catalogue[Name]['entityType']
    entityId: string
    organisationId: string
    userId: string | null
    correlationId: string | null
    source: string
    data: DataOf<Catalogue, Name>
  }
}[NamesOf<Catalogue>]

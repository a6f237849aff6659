import type { EventCatalogue, EventToEmit } from './event-catalogue.ts'
import type { AcceptedEvent, EventBatchResponse, EventBatchResult } from './generated/types.gen.ts'
import type { Send } from './request.ts'
import { uuidV7 } from './uuid-v7.ts'

/** The most that the server takes in one request; bytes half its limit. */
const chunkEventsMax = 1000
const chunkBytesMax = 8_000_000

/**
 * Posts one event. It gets its id here, before the first try, so that however often it is sent, it is one event.
 * @throws PosthornApiError when it was refused, TypeError when the server could not be reached
 */
export function postEvent<Catalogue extends EventCatalogue>(
  send: Send,
  organisationId: string | undefined,
  event: EventToEmit<Catalogue>,
): Promise<AcceptedEvent> {
  const json = toJson(event, organisationId)
  return send<AcceptedEvent>({ method: 'POST', path: '/v1/events', json, idempotent: true })
}

/**
 * Posts any number of events in as few requests as the server allows, one after the other.
 * @throws PosthornApiError, TypeError as `postEvent`; what the requests before it brought in stays
 */
export async function postEvents<Catalogue extends EventCatalogue>(
  send: Send,
  organisationId: string | undefined,
  events: Iterable<EventToEmit<Catalogue>>,
): Promise<EventBatchResult[]> {
  const results: EventBatchResult[] = []
  for (const chunk of chunksOf(events, organisationId)) {
    const answer = await send<EventBatchResponse>({
      method: 'POST',
      path: '/v1/events/batch',
      json: `{"events":[${chunk.join(',')}]}`,
      idempotent: true,
    })
    const before = results.length
    for (const result of answer.results) results.push({ ...result, index: before + result.index })
  }
  return results
}

/** The events as JSON, cut into requests. One that is too large by itself is left to the server to refuse. */
function* chunksOf<Catalogue extends EventCatalogue>(
  events: Iterable<EventToEmit<Catalogue>>,
  organisationId: string | undefined,
): Generator<string[]> {
  const encoder = new TextEncoder()
  let chunk: string[] = []
  let bytes = 0
  for (const event of events) {
    const json = toJson(event, organisationId)
    const size = encoder.encode(json).byteLength + 1
    if (chunk.length > 0 && (chunk.length === chunkEventsMax || bytes + size > chunkBytesMax)) {
      yield chunk
      chunk = []
      bytes = 0
    }
    chunk.push(json)
    bytes += size
  }
  if (chunk.length > 0) yield chunk
}

function toJson<Catalogue extends EventCatalogue>(
  event: EventToEmit<Catalogue>,
  organisationId: string | undefined,
): string {
  // After the spread: an id or an organisation that is present but undefined must not win.
  return JSON.stringify({
    ...event,
    id: event.id ?? uuidV7(),
    organisationId: event.organisationId ?? organisationId,
  })
}

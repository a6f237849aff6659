import type { FieldIssue } from './api-error.ts'
import { dataIssues } from './catalogue/data-issues.ts'
import type { WebhookEvent } from './event-catalogue.ts'
import type { EventDefinitions, EventsOf } from './event-definitions.ts'

/**
 * A verified webhook does not fit the receiver's definition of its type. It is what Posthorn sent: answer 422, so that the
 * delivery log shows it, and replay it when the definition is right.
 */
export class WebhookDataError extends Error {
  override readonly name = 'WebhookDataError'
  readonly eventType: string
  /** Each thing that does not fit, with fields such as `data.status`. */
  readonly issues: readonly FieldIssue[]

  constructor(eventType: string, issues: readonly FieldIssue[]) {
    const fields = issues.map(({ field, message }) => `${field}: ${message}`).join('; ')
    super(`${eventType} does not fit its definition: ${fields}`)
    this.eventType = eventType
    this.issues = issues
  }
}

/**
 * Holds a verified webhook against the definitions of `defineEvents`, so that its `type` tells the compiler what `data` is.
 * `data` stays as it was sent: nothing is stripped or transformed. Undefined for a type that is not defined: answer it with
 * 2xx, for new types come whenever a dashboard learns something.
 *
 *     const event = parseEvent(await verifyWebhook(request, secret), events)
 *     if (event?.type === 'LeaseSigned') console.log(event.data.signedOn)
 * @throws WebhookDataError when it does not fit; TypeError when the schema checks asynchronously
 */
export function parseEvent<Definitions extends EventDefinitions>(
  webhook: WebhookEvent,
  definitions: Definitions,
): WebhookEvent<EventsOf<Definitions>> | undefined {
  const { type, entityType, data } = webhook
  const definition = Object.hasOwn(definitions, type) ? definitions[type] : undefined
  if (!definition) return undefined
  const { entity } = definition
  const issues = dataIssues(definition, data)
  if (entityType !== entity) issues.push({ field: 'entityType', message: `must be ${entity}` })
  if (issues.length > 0) throw new WebhookDataError(type, issues)
  return webhook as WebhookEvent<EventsOf<Definitions>>
}

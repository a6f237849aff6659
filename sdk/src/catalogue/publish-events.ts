import type { PosthornClient } from '../client.ts'
import type { SchemaChange } from '../compatibility/schema-change.ts'
import type { EventDefinitions } from '../event-definitions.ts'
import type { EventType } from '../generated/types.gen.ts'
import { planEventTypes } from './plan-event-types.ts'

/** A change of one event type's entity type or `data`. */
export interface EventTypeChange extends SchemaChange {
  eventType: string
}

export interface PublishOptions {
  /** Publishes what breaks receivers as well. @default false */
  allowBreaking?: boolean
  /** Says what would be done and does nothing: for a check before a merge. @default false */
  dryRun?: boolean
  /** What happens to data that does not fit, for all of them. @default as the catalogue has it; `warn` for new types */
  validation?: EventType['validation']
}

/** Names of event types by what happened to them, and what is different in their `data`. */
export interface PublishedEvents {
  created: string[]
  updated: string[]
  unchanged: string[]
  changes: EventTypeChange[]
}

/** Receivers of these event types would meet what they were not written for. Nothing was published. */
export class BreakingChangeError extends Error {
  override readonly name = 'BreakingChangeError'
  readonly changes: readonly EventTypeChange[]

  constructor(changes: readonly EventTypeChange[]) {
    const lines = changes.map(
      ({ eventType, path, message }) => `  ${eventType}: ${path} ${message}`,
    )
    super(
      `Receivers would break, so nothing was published:\n${lines.join('\n')}\n` +
        'Add a new event type beside the old one, or publish with { allowBreaking: true }.',
    )
    this.changes = changes
  }
}

/**
 * Brings definitions into the catalogue of a server, and writes only what is different. What a definition does not say
 * (description, example) and what is the operator's (validation, deprecation) stays; types that are not defined are left
 * alone. Needs a platform credential with the scope `admin`. Call it when you deploy, as you call migrations, and not
 * whenever a process starts: during a rolling restart the old version would take the new one's types back.
 * @throws BreakingChangeError before anything is written; PosthornApiError, TypeError as every call: types that were
 * written before stay, and publishing again does the rest
 */
export async function publishEvents(
  client: Pick<PosthornClient, 'eventTypes'>,
  definitions: EventDefinitions,
  { allowBreaking = false, dryRun = false, validation }: PublishOptions = {},
): Promise<PublishedEvents> {
  const { data: catalogue } = await client.eventTypes.list()
  const plan = planEventTypes(definitions, catalogue, validation)
  const changes = plan.flatMap(({ name, changes }) =>
    changes.map((change) => ({ eventType: name, ...change })),
  )
  const breaking = changes.filter((change) => change.breaking)
  if (breaking.length > 0 && !allowBreaking) throw new BreakingChangeError(breaking)
  for (const { name, what, input, isDeprecated } of dryRun ? [] : plan) {
    if (what === 'unchanged') continue
    await client.eventTypes.put(name, input)
    // A PUT takes the mark away.
    if (isDeprecated) await client.eventTypes.deprecate(name)
  }
  const namesOf = (what: string) => plan.filter((one) => one.what === what).map(({ name }) => name)
  return {
    created: namesOf('created'),
    updated: namesOf('updated'),
    unchanged: namesOf('unchanged'),
    changes,
  }
}

import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import type webhookExamples from '@octokit/webhooks-examples'
import type { EventToEmit, EventType, EventTypeInput } from '@posthorn/sdk'

// The package is a JSON file, and its types say that it has a default export, which is how ESM does not see it.
const examples: typeof webhookExamples.default = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

/** The demo's own event type, beside those that Posthorn knows: GitHub's webhooks as events of a repository. */
export const githubEventType = {
  name: 'GithubEventReceived',
  input: {
    entityType: 'Repository',
    description: 'GitHub told us something about a repository.',
    schema: {
      type: 'object',
      properties: { sender: { type: 'object' }, repository: { type: 'object' } },
    },
  } satisfies EventTypeInput,
}

/** Every example payload that GitHub publishes: real shapes and sizes, and all of Unicode. */
export function githubEvents(): EventToEmit[] {
  const repositories = new Map<string, string>()
  return examples.flatMap(({ examples: payloads }) =>
    payloads.map((payload) => {
      const repository = 'repository' in payload ? payload.repository : undefined
      const name = repository?.full_name ?? ''
      const entityId = repositories.get(name) ?? randomUUID()
      repositories.set(name, entityId)
      return {
        eventType: githubEventType.name,
        entityType: githubEventType.input.entityType,
        entityId,
        source: 'github',
        data: payload,
      }
    }),
  )
}

/** The example of each type of the catalogue, as often as is asked for, about another entity each time. */
export function exampleEvents(types: readonly EventType[], times: number): EventToEmit[] {
  return Array.from({ length: times }, () => types)
    .flat()
    .flatMap((type) => exampleEvent(type) ?? [])
}

/** What Posthorn itself reports; nobody else may. */
const reserved: ReadonlySet<string> = new Set(['SubscriptionDisabled', 'DeliveryExhausted'])

export function exampleEvent(type: EventType): EventToEmit | undefined {
  const { name: eventType, entityType, example } = type
  return example && !reserved.has(eventType)
    ? { eventType, entityType, entityId: randomUUID(), data: example }
    : undefined
}

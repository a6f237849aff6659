import { apiUrl } from '../api.ts'
import { messages } from '../messages.ts'
import { Snippet } from '../ui/snippet.tsx'

const exampleId = '019a8f3e-6c1d-7b52-9e04-3d5a7f1c2b60'

interface Props {
  organisationId: string
  hasSubscription: boolean
}

/** What to do so that there is a first delivery. */
export function Empty({ organisationId, hasSubscription }: Props) {
  const { empty } = messages
  const subscription = { organisationId, url: 'https://example.com/webhooks' }
  const event = {
    organisationId,
    entityType: 'Issue',
    entityId: exampleId,
    eventType: 'IssueCreated',
    data: {
      title: empty.exampleIssue,
      status: 'open',
      priority: 'urgent',
      propertyId: exampleId,
    },
  }
  return (
    <section className="card wide">
      <h2>{empty.title}</h2>
      <p role="status">{empty.waiting}</p>
      {!hasSubscription && (
        <>
          <p>{empty.subscribe}</p>
          <Snippet text={curl('v1/subscriptions', subscription)} label={empty.subscribe} />
        </>
      )}
      <p>{empty.post}</p>
      <Snippet text={curl('v1/events', event)} label={empty.post} />
    </section>
  )
}

function curl(path: string, body: unknown): string {
  return [
    `curl ${apiUrl}${path}`,
    "  -H 'authorization: Bearer YOUR_API_KEY'",
    "  -H 'content-type: application/json'",
    `  -d '${JSON.stringify(body, null, 2)}'`,
  ].join(' \\\n')
}

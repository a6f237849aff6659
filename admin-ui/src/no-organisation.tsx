import { apiUrl } from './api.ts'
import { messages } from './messages.ts'
import { Snippet } from './ui/snippet.tsx'

/** How to make the first organisation known. */
export function NoOrganisation() {
  const body = JSON.stringify({ name: messages.organisation.exampleName })
  const command = [
    `curl -X PUT ${apiUrl}v1/organisations/$(uuidgen)`,
    "  -H 'authorization: Bearer YOUR_API_KEY'",
    "  -H 'content-type: application/json'",
    `  -d '${body}'`,
  ].join(' \\\n')
  return (
    <section className="card wide">
      <h1>{messages.organisation.emptyTitle}</h1>
      <p>{messages.organisation.emptyText}</p>
      <Snippet text={command} label={messages.organisation.emptyTitle} />
    </section>
  )
}

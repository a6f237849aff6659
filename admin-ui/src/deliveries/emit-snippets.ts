const key = 'YOUR_API_KEY'

const event = (organisationId: string | null) => ({
  eventType: 'IssueCreated',
  entityType: 'Issue',
  entityId: '0197a3c2-7d41-7c55-9b1e-5d2f8a6c4e10',
  ...(organisationId !== null && { organisationId }),
  data: { title: 'A tap drips' },
})

/** Posts an event with curl; the URL is the one we speak to. */
export function curlSnippet(url: string, organisationId: string | null): string {
  return [
    `curl ${url}v1/events \\`,
    `  -H 'authorization: Bearer ${key}' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(event(organisationId))}'`,
  ].join('\n')
}

export function nodeSnippet(url: string, organisationId: string | null): string {
  return [
    "import { createPosthornClient } from '@posthorn/sdk'",
    '',
    `const posthorn = createPosthornClient({ url: '${url}', apiKey: '${key}' })`,
    `await posthorn.emit(${JSON.stringify(event(organisationId), null, 2)})`,
  ].join('\n')
}

import type { Role } from '../env.ts'

export interface Started {
  role: Role
  url: string
  database: string
  /** The first one of the platform, when it was made just now. */
  apiKey: string | undefined
}

/** What `start` prints once it serves. */
export function welcome(started: Started, isJson: boolean): string {
  if (isJson) return `${JSON.stringify(started)}\n`
  const { role, url, database, apiKey } = started
  if (role === 'dispatcher') {
    return `Posthorn   ${url}\nHealth     ${url}/readyz\nDatabase   ${database}\nRole       dispatcher\n\n`
  }
  const key = apiKey ?? '$POSTHORN_API_KEY'
  const lines = [
    `Posthorn   ${url}`,
    `Console    ${url}/admin/`,
    `API        ${url}/openapi.json`,
    `Database   ${database}`,
    ...(role === 'api' ? ['Role       api; events wait for a process with a dispatcher'] : []),
    '',
    ...(apiKey ? ['The first platform API key, shown this once:', '', `  ${apiKey}`, ''] : []),
    'Post the first event:',
    '',
    `  curl ${url}/v1/events -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\`,
    `    -d '{"organisationId":"7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f","entityType":"Issue","entityId":"5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11","eventType":"IssueStatusChanged","data":{"from":"open","to":"closed"}}'`,
    '',
    '',
  ]
  return lines.join('\n')
}

/** A command that works once it has a key. */
export function registerSnippet(apiUrl: string, organisationId: string | null): string {
  const input = {
    ...(organisationId !== null && { organisationId }),
    url: 'https://example.com/webhooks',
    eventTypes: ['*'],
  }
  return [
    `curl ${apiUrl}v1/subscriptions \\`,
    `  -H 'authorization: Bearer YOUR_API_KEY' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(input)}'`,
  ].join('\n')
}

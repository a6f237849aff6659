import { randomUUID } from 'node:crypto'
import { startProgram } from '../../faults/program.ts'
import { platformKey } from '../../support/create-test-posthorn.ts'
import { createTestDatabase } from '../../support/database.ts'
import { until } from '../../support/organisation.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not.
type Body = any

export interface Attempt {
  response: { statusCode: number; body: string } | null
  durationMs: number
}

/** A Posthorn as an operator runs it, which may call n8n on this machine; and an organisation with a key. */
export async function startPosthorn() {
  const database = await createTestDatabase()
  const program = await startProgram({
    name: 'posthorn',
    path: 'server/cli/main.ts',
    args: ['start'],
    env: {
      PORT: '0',
      DATABASE_URL: database.url,
      POSTHORN_BOOTSTRAP_API_KEY: platformKey,
      POSTHORN_ALLOW_HTTP: 'true',
      POSTHORN_ALLOWED_NETWORKS: '127.0.0.0/8',
      POSTHORN_RETENTION_EVENTS_DAYS: '3',
      POSTHORN_RETENTION_DELIVERIES_DAYS: '3',
      POSTHORN_LOG_LEVEL: 'warn',
    },
    ready: /^Posthorn\s+(http\S+)/,
  })
  const url = program.line[1] ?? ''
  const organisationId = randomUUID()

  async function call(method: string, path: string, body?: object, key = apiKey): Promise<Body> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return response.json()
  }

  let apiKey = ''
  const scopes = [
    'events:write',
    'events:read',
    'subscriptions:write',
    'subscriptions:read',
    'deliveries:read',
  ]
  ;({ apiKey } = await call(
    'POST',
    '/v1/api-keys',
    { organisationId, name: 'n8n', scopes },
    platformKey,
  ))

  return {
    url,
    apiKey,
    call,
    /** An event of an issue. Returns its id. */
    async emit(eventType = 'IssueStatusChanged'): Promise<string> {
      const event = { entityType: 'Issue', entityId: randomUUID(), eventType }
      const data = { from: 'open', to: 'gelöst 🛠️' }
      return (await call('POST', '/v1/events', { ...event, data })).id
    },
    /** The attempts of an event for a subscription, as soon as there is one. */
    async attempts(eventId: string, subscriptionId: string): Promise<Attempt[]> {
      return until(async () => {
        const { data } = await call('GET', `/v1/events/${eventId}/deliveries`)
        const delivery = data?.find((one: Body) => one.subscriptionId === subscriptionId)
        if (!delivery) return false
        const attempts = (await call('GET', `/v1/deliveries/${delivery.id}/attempts`)).data
        return attempts.length > 0 && attempts
      }, 30_000)
    },
    async close(): Promise<void> {
      await program.end('SIGTERM')
      await database.drop()
    },
  }
}

import { randomUUID } from 'node:crypto'
import { createPosthorn, type PosthornOptions } from '../../server/index.ts'
import { createTestDatabase } from './database.ts'
import { encryptionKeys } from './encryption-keys.ts'
import { checkResponse } from './openapi.ts'

export interface CallOptions {
  key?: string | undefined
  body?: unknown
  /** Sent as it is, instead of `body`. */
  rawBody?: string | Uint8Array
  headers?: Record<string, string>
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not.
type Body = any

export interface Answer {
  status: number
  headers: Headers
  body: Body
}

export const platformKey = `ph_${'T'.repeat(12)}_${'s'.repeat(43)}`

/** A Posthorn on its own database. Every answer it gives is held against openapi.yaml. */
export async function createTestPosthorn(options: Partial<PosthornOptions> = {}) {
  const database = await createTestDatabase()
  const posthorn = createPosthorn({
    database: database.url,
    encryptionKeys,
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    retentionDays: { events: 3, deliveries: 3 },
    bootstrapApiKey: platformKey,
    consoleDir: false,
    ...options,
  })
  await posthorn.migrate()
  await posthorn.ensureApiKey()

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const body =
      options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
    const response = await posthorn.fetch(
      new Request(`http://posthorn.test${path}`, {
        method,
        headers: {
          ...(options.key === '' ? {} : { authorization: `Bearer ${options.key ?? platformKey}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: body as string }),
      }),
    )
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    checkResponse(method, path.split('?')[0] ?? '', response.status, type, text)
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }

  /** A new organisation and a key of its own. */
  async function createOrganisation(scopes: string[] = organisationScopes) {
    const organisationId = randomUUID()
    const { body } = await call('POST', '/v1/api-keys', {
      body: { organisationId, name: 'test', scopes },
    })
    return { organisationId, key: body.apiKey as string }
  }

  return {
    posthorn,
    databaseUrl: database.url,
    call,
    createOrganisation,
    async close() {
      await posthorn.close()
      await database.drop()
    },
  }
}

export const organisationScopes = [
  'events:write',
  'events:read',
  'subscriptions:write',
  'subscriptions:read',
  'deliveries:read',
  'deliveries:replay',
]

/** An event that the catalogue knows and that fits its schema loosely. */
export function issueEvent(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    entityType: 'Issue',
    entityId: randomUUID(),
    eventType: 'IssueStatusChanged',
    data: { from: 'open', to: 'closed' },
    ...more,
  }
}

import { randomBytes, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import postgres from 'postgres'
import { expect } from 'vitest'
import {
  createTestPosthorn,
  issueEvent,
  organisationScopes,
} from '../support/create-test-posthorn.ts'
import { startReceiver } from '../support/receiver.ts'

const jwt = { issuer: 'https://id.example.com', audience: 'posthorn', secret: 's'.repeat(32) }
const rateLimits = {
  readsPerMinute: 0,
  writesPerMinute: 0,
  eventsPerMinute: 0,
  failuresPerMinute: 0,
}

/** What an organisation has, by names that requests of the sweep use. */
export type Things = Record<string, string>

export interface Answer {
  status: number
  headers: Headers
  text: string
}

/** Organisations with something of everything in one Posthorn that rests: what changes, a request has changed. */
export async function createOrganisations(count: number) {
  const server = await createTestPosthorn({ jwt, rateLimits })
  const receiver = await startReceiver()
  const sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
  await server.posthorn.dispatcher.start()
  const all = await Promise.all(Array.from({ length: count }, fill))
  await server.posthorn.dispatcher.stop()
  await Promise.all(all.map(addReplay))

  /** A request as it is, also one whose answer has no end. */
  async function ask(
    method: string,
    path: string,
    key: string,
    body?: unknown,
    more = {},
  ): Promise<Answer> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...more }
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const response = await server.posthorn.fetch(new Request(`http://posthorn.test${path}`, init))
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    const text = isStream ? await beginningOf(response) : await response.text()
    return { status: response.status, headers: response.headers, text }
  }

  async function make(key: string, path: string, body: object = {}) {
    const { status, text } = await ask('POST', path, key, body)
    expect(status, `${path} ${text}`).toBeLessThan(300)
    return JSON.parse(text)
  }

  async function fill(): Promise<Things> {
    const { organisationId: organisation, key } = await server.createOrganisation([
      ...organisationScopes,
      'admin',
    ])
    const url = receiver.url('/hook')
    const uid = `theirs-${randomBytes(6).toString('hex')}`
    const headers = { authorization: `Bearer ${uid}` }
    const retry = { scheduleSeconds: [] }
    const webhook = await make(key, '/v1/subscriptions', { url, uid, headers })
    const failing = await make(key, '/v1/subscriptions', { url: 'http://127.0.0.1:9/', retry })
    const paused = await make(key, '/v1/subscriptions', { url })
    await make(key, `/v1/subscriptions/${paused.id}/pause`)
    const pulled = await make(key, '/v1/subscriptions', { mode: 'pull' })
    const [entity, correlation, user] = [randomUUID(), randomUUID(), randomUUID()]
    const event = await make(key, '/v1/events', {
      ...issueEvent({ entityId: entity, correlationId: correlation, userId: user, source: uid }),
      data: { from: uid, to: 'closed' },
    })
    const deliveryTo = async (subscription: { id: string }, status: string): Promise<string> => {
      for (;;) {
        const path = `/v1/deliveries?subscriptionId=${subscription.id}&status=${status}`
        const { data } = JSON.parse((await ask('GET', path, key)).text)
        if (data.length > 0) return data[0].id
      }
    }
    const [leased] = (
      await make(key, `/v1/subscriptions/${pulled.id}/pull`, { leaseSeconds: 600, waitSeconds: 20 })
    ).data
    const portal = await make(key, '/v1/portal-tokens', { subject: uid })
    const keys = JSON.parse((await ask('GET', '/v1/api-keys', key)).text).data
    return {
      organisation,
      key,
      uid,
      entity,
      correlation,
      user,
      secret: webhook.secret,
      event: event.id,
      subscription: webhook.id,
      failing: failing.id,
      paused: paused.id,
      pulled: pulled.id,
      succeeded: await deliveryTo(webhook, 'succeeded'),
      failed: await deliveryTo(failing, 'failed'),
      waiting: await deliveryTo(paused, 'pending'),
      leased: leased.id,
      apiKey: keys[0].id,
      portalToken: portal.id,
      portal: portal.token,
      jwt: await new SignJWT({
        organisation_id: organisation,
        scope: [...organisationScopes, 'admin'].join(' '),
      })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(jwt.issuer)
        .setAudience(jwt.audience)
        .setSubject(uid)
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(jwt.secret)),
    }
  }

  /** Where nothing dispatches, it runs as long as it is looked at. */
  async function addReplay(things: Things): Promise<void> {
    const filter = { subscriptionId: [things['subscription']] }
    const replay = await make(things['key'] ?? '', '/v1/replays', { mode: 'all', filter })
    things['replay'] = replay.id
  }

  /** Every row of an organisation, of every table that says whose its rows are. The use of a credential is noted later. */
  async function rowsOf(organisation: string): Promise<Record<string, string[]>> {
    const tables = await sql`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'posthorn'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attname = 'organisation_id' and not a.attisdropped`
    const rows: Record<string, string[]> = {}
    for (const { name } of [...tables, { name: 'organisations' }]) {
      const column = name === 'organisations' ? 'id' : 'organisation_id'
      const found = await sql`
        select (to_jsonb(t) - 'last_used_at')::text as row from ${sql(name)} t where ${sql(column)} = ${organisation} order by 1`
      rows[name] = found.map(({ row }) => row)
    }
    return rows
  }

  return {
    server,
    sql,
    all,
    ask,
    rowsOf,
    async close() {
      await sql.end()
      await receiver.close()
      await server.close()
    },
  }
}

export type Organisations = Awaited<ReturnType<typeof createOrganisations>>

async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  await reader?.cancel()
  return new TextDecoder().decode(value)
}

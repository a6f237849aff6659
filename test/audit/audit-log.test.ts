import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deleteOldEntries } from '../../server/audit/index.ts'
import { listEntries } from '../../server/audit/list-entries.ts'
import type { Context } from '../../server/context.ts'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { newIdAt } from '../../server/kernel/ids.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestPosthorn, platformKey } from '../support/create-test-posthorn.ts'

const dayMs = 86_400_000
let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn({ trustProxy: 1 })
  sql = postgres(server.databaseUrl, { max: 1, connection: { search_path: 'posthorn' } })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

function connect(role?: string): Database {
  return connectDatabase({
    url: server.databaseUrl,
    schema: 'posthorn',
    applicationName: 'audit test',
    maxConnections: 1,
    log: silentLogger,
    ...(role && { role }),
  })
}

/** An organisation whose key may read its log, with a subscription. */
async function organisation() {
  const own = await server.createOrganisation(['admin'])
  const { key } = own
  const { body } = await server.call('POST', '/v1/subscriptions', {
    key,
    body: { url: 'https://example.com/', headers: { authorization: 'Bearer of-the-receiver' } },
  })
  return {
    ...own,
    subscription: body as { id: string; secret: string },
    log: async (query = '') => (await server.call('GET', `/v1/audit?${query}`, { key })).body,
  }
}

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, held against openapi.yaml
const actionsOf = (page: any) => page.data.map(({ action }: { action: string }) => action)

describe('an entry', () => {
  test('says who, from where, what, and what changed', async () => {
    const { organisationId, key, subscription, log } = await organisation()
    const answer = await server.call('PATCH', `/v1/subscriptions/${subscription.id}`, {
      key,
      body: { description: 'for n8n', url: 'https://example.com/' },
      headers: {
        'user-agent': 'curl/8',
        'x-request-id': 'audited',
        'x-forwarded-for': '6.6.6.6, 203.0.113.7',
      },
    })
    expect(answer.status).toBe(200)
    const [entry] = (await log()).data
    const session = await server.call('GET', '/v1/session', { key })
    expect(entry).toMatchObject({
      organisationId,
      actorKind: 'api_key',
      actorId: session.body.id,
      actorName: 'test',
      action: 'subscription.updated',
      targetKind: 'subscription',
      targetId: subscription.id,
      before: { description: null },
      after: { description: 'for n8n' },
      ipAddress: '203.0.113.7',
      userAgent: 'curl/8',
      requestId: 'audited',
    })
    expect(Object.keys(entry.after)).toEqual(['description'])
  })

  test('has the address of the socket when there is one', async () => {
    const listener = createServer(server.posthorn.node)
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = listener.address() as AddressInfo
      const { organisationId } = await server.createOrganisation()
      await fetch(`http://127.0.0.1:${port}/v1/organisations/${organisationId}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${platformKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Acme' }),
      })
      const { body } = await server.call('GET', `/v1/audit?targetId=${organisationId}`)
      expect(body.data[0]).toMatchObject({ ipAddress: '127.0.0.1', after: { name: 'Acme' } })
    } finally {
      listener.close()
    }
  })

  test('holds no secret, whatever was done with it', async () => {
    const { key, organisationId, subscription, log } = await organisation()
    const path = `/v1/subscriptions/${subscription.id}`
    const rotated = await server.call('POST', `${path}/rotate-secret`, { key })
    await server.call('GET', `${path}/secret`, { key })
    const made = await server.call('POST', '/v1/api-keys', {
      key,
      body: { name: 'x', scopes: ['events:read'] },
    })
    await server.call('DELETE', path, { key })
    const page = await log()
    expect(actionsOf(page)).toEqual([
      'subscription.deleted',
      'api_key.created',
      'subscription.secret_read',
      'subscription.secret_rotated',
      'subscription.created',
      'api_key.created',
    ])
    expect(page.data[3].after).toEqual({
      secret: '[secret]',
      previousSecretsExpireAt: [expect.any(String)],
    })
    const rows =
      await sql`select audit_log::text from audit_log where organisation_id = ${organisationId}`
    const text = JSON.stringify(rows)
    for (const secret of [
      subscription.secret,
      rotated.body.secret,
      made.body.apiKey,
      'of-the-receiver',
    ])
      expect(text).not.toContain(secret)
  })

  test('of a deleted subscription tells what it was, of a revived one what it is', async () => {
    const { key, log } = await organisation()
    const body = { url: 'https://example.com/revived' }
    const put = () => server.call('PUT', '/v1/subscriptions/uid:crm', { key, body })
    await put()
    await server.call('DELETE', '/v1/subscriptions/uid:crm', { key })
    await put()
    const [read, revived, deleted] = (await log()).data
    expect(read).toMatchObject({ action: 'subscription.secret_read', targetId: revived.targetId })
    expect(deleted).toMatchObject({ action: 'subscription.deleted', before: body, after: null })
    expect(revived).toMatchObject({ action: 'subscription.revived', before: null, after: body })
  })

  test('of a replaced subscription says that its secret was shown, unless that was sent', async () => {
    const { key, log } = await organisation()
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    const put = (more: object) =>
      server.call('PUT', '/v1/subscriptions/uid:crm', {
        key,
        body: { url: 'https://example.com/replaced', ...more },
      })
    await put({ secret })
    expect((await put({ secret })).body.secret).toBe(secret)
    expect((await put({})).body.secret).toBe(secret)
    await put({ signing: 'ed25519' })
    await put({})
    const actions = (await log('limit=6')).data.map((entry: { action: string }) => entry.action)
    expect(actions).toEqual([
      'subscription.updated',
      'subscription.updated',
      'subscription.secret_read',
      'subscription.updated',
      'subscription.updated',
      'subscription.created',
    ])
  })

  test('by Posthorn itself names nobody: the first API key', async () => {
    const { body } = await server.call('GET', '/v1/audit?action=api_key.created&limit=250')
    expect(body.data.at(-1)).toMatchObject({
      organisationId: null,
      actorKind: 'system',
      actorId: null,
      after: { name: 'bootstrap', scopes: ['admin'] },
      requestId: null,
    })
  })
})

describe('the log', () => {
  test("is an organisation's own; the platform's key reads any, or all", async () => {
    const [ours, theirs] = [await organisation(), await organisation()]
    expect(actionsOf(await ours.log())).toEqual(['subscription.created', 'api_key.created'])
    expect((await ours.log(`targetId=${theirs.subscription.id}`)).data).toEqual([])
    const foreign = await server.call('GET', `/v1/audit?organisationId=${theirs.organisationId}`, {
      key: ours.key,
    })
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found'])
    const named = await server.call('GET', `/v1/audit?organisationId=${ours.organisationId}`)
    expect(named.body).toEqual(await ours.log())
    const all = await server.call('GET', '/v1/audit?limit=4')
    expect(new Set(all.body.data.map((one: typeof theirs) => one.organisationId))).toEqual(
      new Set([theirs.organisationId, ours.organisationId]),
    )
  })

  test('needs the scope admin', async () => {
    const { key } = await server.createOrganisation()
    const answer = await server.call('GET', '/v1/audit', { key })
    expect([answer.status, answer.body.code]).toEqual([403, 'scope_missing'])
  })

  test('is filtered by action, actor, target and time, and read in pages', async () => {
    const { key, subscription, log } = await organisation()
    const path = `/v1/subscriptions/${subscription.id}`
    for (const verb of ['pause', 'resume', 'pause'])
      await server.call('POST', `${path}/${verb}`, { key })
    const all = await log()
    const { actorId } = all.data[0]
    const session = await server.call('GET', '/v1/session')
    expect(actionsOf(await log('action=subscription.paused'))).toHaveLength(2)
    expect(actionsOf(await log(`actorId=${actorId}`))).toHaveLength(4)
    expect(actionsOf(await log(`actorId=${session.body.id}`))).toEqual(['api_key.created'])
    expect(actionsOf(await log('targetKind=api_key'))).toEqual(['api_key.created'])
    expect(actionsOf(await log(`targetId=${subscription.id}`))).toHaveLength(4)
    const [, second] = all.data
    const until = encodeURIComponent(second.createdAt)
    const [older, newer] = [await log(`until=${until}`), await log(`since=${until}`)]
    expect([...newer.data, ...older.data]).toEqual(all.data)
    const first = await log('limit=3')
    const rest = await log(`limit=3&cursor=${first.nextCursor}`)
    expect([...first.data, ...rest.data]).toEqual(all.data)
    expect(rest.nextCursor).toBeNull()
  })

  test('looks at a bounded part of it per request, says how far, and goes on from there', async () => {
    const { organisationId } = await organisation()
    const api = connect('posthorn_api')
    try {
      const ctx = { database: { api } } as unknown as Context
      const query = { limit: 10, action: 'api_key.created' as const }
      const first = await listEntries(ctx, organisationId, query, 1)
      expect(first.data).toEqual([])
      expect(first.searchedUntil).not.toBeNull()
      const cursor = first.nextCursor ?? undefined
      expect((await listEntries(ctx, organisationId, { ...query, cursor }, 1)).data).toHaveLength(1)
    } finally {
      await api.close()
    }
  })

  test.each(['posthorn_api', 'posthorn_dispatcher'])(
    'cannot be changed by %s, nor by one that once could',
    async (role) => {
      await sql`grant all on audit_log to ${sql(role)}`
      await server.posthorn.migrate()
      const db = connect(role)
      try {
        for (const statement of [
          `update audit_log set actor_name = 'nobody'`,
          'delete from audit_log',
          'truncate audit_log',
        ]) {
          const changed = db.query((tx) => tx.unsafe(statement))
          await expect(changed, statement).rejects.toMatchObject({ code: '42501' })
        }
      } finally {
        await db.close()
      }
    },
  )

  test('forgets what is past its retention, and nothing else', async () => {
    const ages = { old: 401, young: 399 }
    for (const [target, days] of Object.entries(ages)) {
      await sql`
        insert into audit_log (id, actor_kind, action, target_kind, target_id)
        values (${newIdAt(Date.now() - days * dayMs)}, 'system', 'replay.created', 'replay', ${target})`
    }
    const owner = connect()
    try {
      const before = await sql`select from audit_log`
      expect(await deleteOldEntries(owner, 400, Date.now())).toBe(false)
      const after = await sql`select target_id from audit_log`
      expect(after).toHaveLength(before.length - 1)
      expect(after.map((row) => row['target_id'])).toContain('young')
    } finally {
      await owner.close()
    }
  })
})

import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPosthornClient } from '../../sdk/src/index.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn()
  sql = postgres(server.databaseUrl, { max: 1 })
})

afterAll(async () => {
  await sql.end()
  await server.close()
})

async function organisation() {
  const { key } = await server.createOrganisation()
  return {
    key,
    async subscribe(settings: Record<string, unknown> = {}) {
      const body = { url: 'https://example.com/hook', ...settings }
      return (await server.call('POST', '/v1/subscriptions', { key, body })).body.id as string
    },
    async list(query: string) {
      const { status, body } = await server.call('GET', `/v1/subscriptions?${query}`, { key })
      expect(status).toBe(200)
      return body as { data: { id: string }[]; nextCursor: string | null }
    },
    async ids(query: string) {
      return (await this.list(query)).data.map((one) => one.id)
    },
  }
}

describe('the list of subscriptions', () => {
  test('is searched by URL, description and uid, letter by letter', async () => {
    const own = await organisation()
    const byUrl = await own.subscribe({ url: 'https://crm.example.com/100%25_done' })
    const byDescription = await own.subscribe({ description: 'The CRM of the sales people' })
    const byUid = await own.subscribe({ uid: 'crm-sync' })
    await own.subscribe()
    expect(await own.ids('q=Crm')).toEqual([byUid, byDescription, byUrl])
    expect(await own.ids(`q=${encodeURIComponent('%25_')}`)).toEqual([byUrl])
    expect(await own.ids(`q=${encodeURIComponent('%')}&limit=1`)).toEqual([byUrl])
    expect(await own.ids('q=nowhere')).toEqual([])
  })

  test('says who asks for an event type, by pattern and by what the type is about', async () => {
    const own = await organisation()
    const all = await own.subscribe()
    const byPattern = await own.subscribe({ eventTypes: ['*Created'] })
    const byEntityType = await own.subscribe({ entityTypes: ['Issue'], entityIds: [randomUUID()] })
    const byName = await own.subscribe({ eventTypes: ['TenantMovedIn', 'IssueCreated'] })
    await own.subscribe({ entityTypes: ['Tenant'], eventTypes: ['*'] })
    await own.subscribe({ eventTypes: ['IssueUpdated'] })
    expect(await own.ids('eventType=IssueCreated')).toEqual([byName, byEntityType, byPattern, all])
    // Posthorn's own go to those that ask for them.
    const operational = await own.subscribe({ eventTypes: ['Subscription*'] })
    expect(await own.ids('eventType=SubscriptionDisabled')).toEqual([operational])
    // One that the catalogue does not know: its name alone decides.
    expect(await own.ids('eventType=BoilerCreated')).toHaveLength(4)
  })

  test('by event type comes in pages that leave nobody out', async () => {
    const own = await organisation()
    const ids: string[] = []
    for (const eventType of ['IssueCreated', 'IssueUpdated', 'IssueCreated', 'IssueCreated'])
      ids.unshift(await own.subscribe({ eventTypes: [eventType] }))
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await own.list(`eventType=IssueCreated&limit=1${cursor}`)
      seen.push(...page.data.map((one) => one.id))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(seen).toEqual(ids.filter((_, index) => index !== 2))
  })

  test('tells what is wrong with one that somebody broke by hand', async () => {
    const own = await organisation()
    const id = await own.subscribe()
    await sql`update posthorn.subscriptions set secret = 'lost' where id = ${id}`
    const [listed] = (await own.list('')).data
    expect(listed).toMatchObject({ id, problem: expect.stringContaining('secret') })
    const whole = await own.subscribe()
    const { body } = await server.call('GET', `/v1/subscriptions/${whole}`, { key: own.key })
    expect(body.problem).toBeNull()
  })
})

describe('two editors of a subscription', () => {
  test('do not overwrite each other when they say what they have seen', async () => {
    const own = await organisation()
    const path = `/v1/subscriptions/${await own.subscribe()}`
    const seen = await server.call('GET', path, { key: own.key })
    const etag = seen.headers.get('etag') as string
    expect(etag).toBe(`"${seen.body.revision}"`)
    const patch = (description: string, ifMatch: string) =>
      server.call('PATCH', path, {
        key: own.key,
        body: { description },
        headers: { 'if-match': ifMatch },
      })
    const [one, other] = await Promise.all([patch('one', etag), patch('other', etag)])
    expect([one.status, other.status].sort()).toEqual([200, 412])
    const [won, lost] = one.status === 200 ? [one, other] : [other, one]
    expect(lost.body.code).toBe('subscription_changed')
    const now = await server.call('GET', path, { key: own.key })
    expect(now.body.description).toBe(won.body.description)
    expect(now.headers.get('etag')).toBe(won.headers.get('etag'))
    expect((await patch('again', `"1", ${won.headers.get('etag')}`)).status).toBe(200)
    expect((await patch('any', '*')).status).toBe(200)
    expect((await patch('weak', `W/${etag}`)).status).toBe(412)
  })

  test('say it through the SDK by revision', async () => {
    const own = await organisation()
    const client = createPosthornClient({
      url: 'http://posthorn.test',
      apiKey: own.key,
      fetch: async (input, init) => server.posthorn.fetch(new Request(input, init)),
    })
    const { id, revision } = await client.subscriptions.get(await own.subscribe())
    await client.subscriptions.update(id, { description: 'mine' }, { revision })
    await expect(
      client.subscriptions.update(id, { description: 'theirs' }, { revision }),
    ).rejects.toMatchObject({ code: 'subscription_changed' })
  })
})

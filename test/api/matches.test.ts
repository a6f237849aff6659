import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let organisationId: string
let key: string

beforeAll(async () => {
  server = await createTestPosthorn()
  ;({ organisationId, key } = await server.createOrganisation())
  // Without it nobody publishes; the events below then have their deliveries when they are accepted.
  await server.posthorn.dispatcher.start()
})

afterAll(() => server.close())

interface Match {
  subscriptionId: string
  organisationId: string | null
  matched: boolean
  reasons: { criterion: string; passed: boolean; path?: string; actual: unknown }[]
  delivery: { id: string; status: string } | null
  note: string | null
}

async function subscribe(settings: Record<string, unknown> = {}, as: string | undefined = key) {
  const { body, status } = await server.call('POST', '/v1/subscriptions', {
    ...(as === '' ? {} : { key: as }),
    // Nobody is there, and nobody needs to be.
    body: { url: 'http://127.0.0.1:9/', ...settings },
  })
  expect(status).toBe(201)
  return body.id as string
}

async function post(more: Record<string, unknown> = {}) {
  const { body } = await server.call('POST', '/v1/events', { key, body: issueEvent(more) })
  for (;;) {
    const event = (await server.call('GET', `/v1/events/${body.id}`, { key })).body
    if (event.publishedAt !== null) return body.id as string
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function matchesOf(eventId: string, as?: string): Promise<Map<string, Match>> {
  const path = `/v1/events/${eventId}/matches?limit=250&organisationId=${organisationId}`
  const { status, body } = await server.call('GET', path, as === undefined ? {} : { key: as })
  expect(status).toBe(200)
  return new Map((body.data as Match[]).map((one) => [one.subscriptionId, one]))
}

describe('the matches of an event', () => {
  test('say of each subscription whether it matched, by which condition it did not, and what became of it', async () => {
    const matching = await subscribe({ eventTypes: ['Issue*'] })
    const otherType = await subscribe({ eventTypes: ['TenantMovedIn'] })
    const filtered = await subscribe({ filter: { path: 'to', equals: 'open' } })
    const paused = await subscribe()
    await server.call('POST', `/v1/subscriptions/${paused}/pause`, { key })
    const eventId = await post()
    const late = await subscribe()
    const matches = await matchesOf(eventId, key)
    expect([...matches.keys()].slice(0, 5)).toEqual([late, paused, filtered, otherType, matching])
    expect(matches.get(matching)).toMatchObject({ matched: true, note: null })
    const delivery = matches.get(matching)?.delivery
    const listed = await server.call('GET', `/v1/events/${eventId}/deliveries`, { key })
    expect(listed.body.data.map((one: { id: string }) => one.id)).toContain(delivery?.id)
    expect(matches.get(otherType)).toMatchObject({ matched: false, delivery: null, note: null })
    expect(matches.get(filtered)?.reasons).toContainEqual(
      expect.objectContaining({ criterion: 'filter', passed: false, path: 'to', actual: 'closed' }),
    )
    expect(matches.get(paused)).toMatchObject({
      matched: true,
      delivery: { status: 'pending' },
      note: expect.stringContaining('paused'),
    })
    expect(matches.get(late)).toMatchObject({
      matched: true,
      delivery: null,
      note: expect.stringContaining('younger'),
    })
  })

  test('notice settings that changed since', async () => {
    const narrowed = await subscribe()
    const widened = await subscribe({ entityIds: [randomUUID()] })
    const eventId = await post()
    await server.call('PATCH', `/v1/subscriptions/${narrowed}`, {
      key,
      body: { eventTypes: ['TenantMovedIn'] },
    })
    await server.call('PATCH', `/v1/subscriptions/${widened}`, { key, body: { entityIds: null } })
    const matches = await matchesOf(eventId, key)
    expect(matches.get(narrowed)).toMatchObject({
      matched: false,
      delivery: { status: 'pending' },
      note: expect.stringContaining('others'),
    })
    expect(matches.get(widened)).toMatchObject({
      matched: true,
      delivery: null,
      note: expect.stringContaining('changed'),
    })
  })

  test("show the platform's subscriptions to the platform only, and another organisation's to nobody else", async () => {
    const platforms = await subscribe({ organisationId: null, eventTypes: ['IssueCreated'] }, '')
    const other = await server.createOrganisation()
    const foreign = await subscribe({}, other.key)
    const eventId = await post()
    const seenByPlatform = await matchesOf(eventId)
    const seenByOwner = await matchesOf(eventId, key)
    expect(seenByPlatform.get(platforms)).toMatchObject({ matched: false, organisationId: null })
    expect(seenByPlatform.has(foreign)).toBe(false)
    expect(seenByOwner.has(platforms)).toBe(false)
    expect(seenByOwner.has(foreign)).toBe(false)
    const theirs = await server.call('GET', `/v1/events/${eventId}/matches`, { key: other.key })
    expect(theirs.status).toBe(404)
  })

  test('come in pages', async () => {
    const eventId = await post()
    const all = [...(await matchesOf(eventId, key)).keys()]
    const paged: string[] = []
    let cursor = ''
    do {
      const path = `/v1/events/${eventId}/matches?limit=2${cursor}`
      const { body } = await server.call('GET', path, { key })
      paged.push(...(body.data as Match[]).map((one) => one.subscriptionId))
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    expect(paged).toEqual(all)
  })
})

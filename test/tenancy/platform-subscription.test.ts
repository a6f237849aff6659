import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../server/kernel/ids.ts'
import {
  createTestPosthorn,
  issueEvent,
  organisationScopes,
} from '../support/create-test-posthorn.ts'

/*
 * A subscription of the platform hears of every organisation. What one of them posts, whatever ids it chooses, is in the
 * way of no other.
 */

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
})

afterAll(() => server.close())

/** A pull subscription of the platform, and two organisations of which it hears. */
async function prepare(settings: object = {}) {
  const { body } = await server.call('POST', '/v1/subscriptions', {
    body: { organisationId: null, mode: 'pull', eventTypes: ['IssueStatusChanged'], ...settings },
  })
  const organisations = [
    await server.createOrganisation(organisationScopes),
    await server.createOrganisation(organisationScopes),
  ]
  const path = `/v1/subscriptions/${body.id}`
  return {
    organisations,
    path,
    async post(index: number, event: Record<string, unknown>): Promise<string> {
      const key = organisations[index]?.key
      const { status, body } = await server.call('POST', '/v1/events', {
        key,
        body: issueEvent(event),
      })
      expect(status).toBe(202)
      return body.id
    },
    async pull(count: number) {
      const pulled = []
      while (pulled.length < count) {
        const asked = { waitSeconds: 5, leaseSeconds: 600 }
        pulled.push(...(await server.call('POST', `${path}/pull`, { body: asked })).body.data)
      }
      return pulled
    },
    async say(answer: object) {
      return (await server.call('POST', `${path}/ack`, { body: answer })).body.data
    },
  }
}

test('two organisations that use the same id of an event have a delivery each, and each is acknowledged by itself', async () => {
  const { organisations, path, post, pull, say } = await prepare()
  const id = newId()
  for (const index of [0, 1]) await post(index, { id })
  const pulled = await pull(2)
  expect(pulled.map(({ event }) => event.id)).toEqual([id, id])
  expect(new Set(pulled.map((one) => one.id)).size).toBe(2)
  const [first, second] = pulled.map((one) => ({ id: one.id, attempt: one.attempt }))
  expect(await say({ succeeded: [first] })).toMatchObject([{ accepted: true }])
  const statusOf = async (organisationId: string | undefined) => {
    const query = `?organisationId=${organisationId}`
    return (await server.call('GET', `/v1/events/${id}/deliveries${query}`)).body.data[0].status
  }
  const owner = pulled[0].event.organisationId
  const [other] = organisations.filter(({ organisationId }) => organisationId !== owner)
  expect([await statusOf(owner), await statusOf(other?.organisationId)]).toEqual([
    'succeeded',
    'pending',
  ])
  expect(await say({ succeeded: [second] })).toMatchObject([{ accepted: true }])
  expect((await server.call('GET', `${path}/pull`)).body.waiting).toBe(0)
  // Who looks for the delivery of an event finds it.
  const matches = await server.call('GET', `/v1/events/${id}/matches?organisationId=${owner}`)
  expect(matches.body.data).toMatchObject([{ delivery: { id: pulled[0].id, status: 'succeeded' } }])
})

test('an organisation that names the entity of another holds up nothing of the other', async () => {
  const { organisations, post, pull, say, path } = await prepare({ ordering: 'entity' })
  const entityId = randomUUID()
  await post(0, { entityId })
  const [held] = await pull(1)
  // Before it in the order of ids, and leased for as long as it likes.
  await post(1, { entityId })
  await post(0, { entityId })
  const [theirs] = await pull(1)
  expect(theirs.event.organisationId).toBe(organisations[1]?.organisationId)
  const more = async () => (await server.call('POST', `${path}/pull`, { body: {} })).body.data
  expect(await more()).toEqual([])
  await say({ succeeded: [{ id: held.id, attempt: held.attempt }] })
  // Tried again, it is in the same order as before.
  const again = `/v1/deliveries/${held.id}/replay`
  expect((await server.call('POST', again)).status).toBe(202)
  const [replayed, ...rest] = await more()
  expect(replayed.id).toBe(held.id)
  expect(rest.map((one: { event: { entityId: string } }) => one.event.entityId)).toEqual([entityId])
})

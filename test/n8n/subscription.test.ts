import { afterAll, beforeAll, expect, test } from 'vitest'
import { subscriptionBody, uidOf } from '../../examples/n8n/nodes/src/subscription.ts'
import { verifySignature } from '../../examples/n8n/nodes/src/verify-signature.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
beforeAll(async () => {
  server = await createTestPosthorn()
  receiver = await startReceiver()
  await server.posthorn.dispatcher.start()
})
afterAll(async () => {
  await server.close()
  await receiver.close()
})

const identity = {
  instanceId: 'a'.repeat(64),
  workflowId: 'Kq3sV9xPz1LmN0Tb',
  nodeId: '0b1f6f1c-1111-4000-8000-000000000001',
  mode: 'trigger',
}

const settings = () => ({
  url: receiver.url('/webhook/1/webhook'),
  workflowName: 'Tell the caretaker',
  organisationId: null as string | null,
  entityTypes: ['Issue'],
  eventTypes: ['IssueStatusChanged'],
  rateLimit: 15,
  isOrdered: true,
})

test('a uid is one that Posthorn takes, and another one for another trigger', () => {
  expect(uidOf(identity)).toBe(
    `n8n:${'a'.repeat(64)}:Kq3sV9xPz1LmN0Tb:0b1f6f1c-1111-4000-8000-000000000001:trigger`,
  )
  expect(uidOf({ ...identity, nodeId: 'My node: 1' })).toMatch(/:My-node--1:trigger$/)
  expect(uidOf({ ...identity, mode: 'internal' })).toBe(uidOf(identity))
  expect(uidOf({ ...identity, mode: 'manual' })).toMatch(/:manual$/)
})

test('a trigger registers, verifies what comes, takes leave and comes back with its secret', async () => {
  const { organisationId, key } = await server.createOrganisation()
  const path = `/v1/subscriptions/uid:${uidOf(identity)}`
  const put = (body: object) => server.call('PUT', path, { key, body })

  const created = await put(subscriptionBody(settings()))
  expect(created).toMatchObject({
    status: 201,
    body: { organisationId, description: 'n8n: Tell the caretaker', rateLimit: 15 },
  })
  const { body: event } = await server.call('POST', '/v1/events', { key, body: issueEvent() })
  const [request] = await receiver.waitFor(1, { path: '/webhook/1/webhook' })
  if (!request) throw new Error('no request')
  const { headers, body } = request
  expect(headers['webhook-id']).toBe(event.id)
  expect(verifySignature(headers, body, created.body.secret, Date.now())).toBeNull()

  expect((await server.call('DELETE', path, { key })).status).toBe(204)
  expect((await server.call('DELETE', path, { key })).status).toBe(404)
  const all = { ...settings(), entityTypes: [], eventTypes: [], rateLimit: 0, isOrdered: false }
  const revived = await put(subscriptionBody(all))
  expect(revived).toMatchObject({
    status: 200,
    body: {
      id: created.body.id,
      secret: created.body.secret,
      ...{ entityTypes: null, eventTypes: null, rateLimit: null, ordering: 'none' },
    },
  })
})

test("a key of the platform hears one organisation when it is named, and all when it isn't", async () => {
  const { organisationId } = await server.createOrganisation()
  for (const owner of [organisationId, null]) {
    const path = `/v1/subscriptions/uid:${uidOf({ ...identity, nodeId: String(owner) })}`
    const body = subscriptionBody({ ...settings(), organisationId: owner })
    const { status, body: created } = await server.call('PUT', path, { body })
    expect([status, created.organisationId]).toEqual([201, owner])
    const query = owner ? `?organisationId=${owner}` : ''
    expect((await server.call('DELETE', path + query)).status).toBe(204)
  }
})

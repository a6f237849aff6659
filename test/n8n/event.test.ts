import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  entityTypeOptions,
  eventTypeOptions,
} from '../../examples/n8n/nodes/src/catalogue-options.ts'
import { eventBody, newEventId } from '../../examples/n8n/nodes/src/event.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
beforeAll(async () => {
  server = await createTestPosthorn()
})
afterAll(() => server.close())

const fields = {
  entityType: 'Issue',
  entityId: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
  eventType: 'IssueStatusChanged',
  data: '{ "from": "open", "to": "closed" }',
  organisationId: '',
  userId: '',
  correlationId: '',
  source: 'n8n',
}

test('an item becomes an event, and the same event when it is sent again', async () => {
  const { key } = await server.createOrganisation()
  const body = eventBody({ id: newEventId(Date.now()), ...fields })
  const post = () => server.call('POST', '/v1/events', { key, body })
  const first = await post()
  expect([first.status, first.body.duplicate]).toEqual([202, false])
  const second = await post()
  expect([second.status, second.body]).toEqual([200, { ...first.body, duplicate: true }])
  const { body: event } = await server.call('GET', `/v1/events/${first.body.id}`, { key })
  expect(event).toMatchObject({ source: 'n8n', data: { from: 'open', to: 'closed' } })
})

test('data that is not a JSON object is refused before it is sent', () => {
  const withData = (data: unknown) => () => eventBody({ id: '', ...fields, data })
  expect(withData('{')).toThrow(/^Data is not JSON: /)
  for (const data of ['[]', '1', null, ['a']]) {
    expect(withData(data)).toThrow('Data is not a JSON object')
  }
  expect(withData({ to: 'closed' })()).toMatchObject({ data: { to: 'closed' } })
})

test('the lists are those of the catalogue, without what is deprecated', async () => {
  await server.call('POST', '/v1/event-types/IssueDeleted/deprecate')
  const { body } = await server.call('GET', '/v1/event-types')
  const entityTypes = entityTypeOptions(body.data).map(({ value }) => value)
  expect(entityTypes).toEqual([...new Set(entityTypes)].sort())
  expect(entityTypes).toContain('Property')
  const ofIssues = eventTypeOptions(body.data, ['Issue']).map(({ value }) => value)
  expect(ofIssues).toContain('IssueCreated')
  expect(ofIssues).not.toContain('IssueDeleted')
  expect(ofIssues).not.toContain('PropertyCreated')
  expect(eventTypeOptions(body.data, []).map(({ value }) => value)).toContain('PropertyCreated')
})

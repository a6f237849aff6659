import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createEmitter, emit, InvalidEventError } from '../../sdk/src/index.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>

beforeAll(async () => {
  server = await createTestPosthorn()
})

afterAll(() => server.close())

const good = {
  organisationId: randomUUID(),
  entityType: 'Issue',
  entityId: randomUUID(),
  eventType: 'IssueStatusChanged',
  data: { from: 'open', to: 'closed' },
}

/** A transaction that must not be used: every event here is refused before a statement. */
const untouched = {
  unsafe: () => {
    throw new Error('a statement was run')
  },
}

function nested(levels: number): object {
  return levels === 0 ? {} : { a: nested(levels - 1) }
}

const anHourAhead = Date.now() + 3_600_000
const idAhead = anHourAhead.toString(16).padStart(12, '0')

const wrong: Record<string, object> = {
  'no entity type': { entityType: undefined },
  'an entity type that is no name': { entityType: 'an issue' },
  'an entity type that is too long': { entityType: 'I'.repeat(129) },
  'an entity type that is a number': { entityType: 1 },
  'no event type': { eventType: undefined },
  'an empty event type': { eventType: '' },
  'no entity id': { entityId: undefined },
  'an entity id that is null': { entityId: null },
  'an entity id that is no UUID': { entityId: '4711' },
  'an entity id without hyphens': { entityId: randomUUID().replaceAll('-', '') },
  'an organisation that is no UUID': { organisationId: 'acme' },
  'a user that is no UUID': { userId: 'eve' },
  'a user that is a number': { userId: 7 },
  'a correlation id that is no UUID': { correlationId: '' },
  'no data': { data: undefined },
  'data that is null': { data: null },
  'data that is a list': { data: [] },
  'data that is text': { data: '{}' },
  'data that is a date': { data: new Date() },
  'an empty source': { source: '' },
  'a source that is too long': { source: 's'.repeat(129) },
  'a source that is reserved': { source: 'posthorn' },
  'an event type that is reserved': { eventType: 'DeliveryExhausted', entityType: 'Delivery' },
  'a time that is none': { createdAt: 'yesterday' },
  'a time without zone': { createdAt: '2026-01-31T09:30:00' },
  'a time ahead': { createdAt: new Date(anHourAhead).toISOString() },
  'an id that is no UUID': { id: 'abc' },
  'an id that is not v7': { id: randomUUID() },
  'an id of a time ahead': {
    id: `${idAhead.slice(0, 8)}-${idAhead.slice(8)}-7abc-8abc-0123456789ab`,
  },
  'an id that is a number': { id: 1 },
  'fields that nobody knows': { entity_type: 'Issue', userID: randomUUID() },
  'several faults': { entityType: '', entityId: '', data: 1 },
  'U+0000': { data: { to: 'a\0b' } },
  'U+0000 in a key': { data: { deep: [{ 'a\0': 1 }] } },
  'U+0000 in the source': { source: 'a\0' },
  'half a surrogate pair': { data: { list: ['\ud800'] } },
}

const fields = (issues: readonly { field: string }[]) => issues.map(({ field }) => field).sort()

async function issuesOf(event: object): Promise<InvalidEventError['issues']> {
  const error = await emit(untouched as never, event as never).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(InvalidEventError)
  expect((error as InvalidEventError).code).toBe('validation_failed')
  return (error as InvalidEventError).issues
}

test.each(Object.entries(wrong))('%s: the API and emit name the same fields', async (_, fault) => {
  const event = { ...good, ...fault }
  const { status, body } = await server.call('POST', '/v1/events', { body: event })
  expect(status).toBeGreaterThanOrEqual(400)
  const issues = await issuesOf(event)
  expect(fields(issues)).toEqual(fields(body.errors))
  expect(issues.every(({ message }) => message.length > 0)).toBe(true)
})

test('what JSON cannot say is refused too, with its place', async () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const faults: [object, string][] = [
    [{ a: [1n] }, 'data.a.0'],
    [{ a: { b: Number.NaN } }, 'data.a.b'],
    [{ a: Number.POSITIVE_INFINITY }, 'data.a'],
    [circular, 'data'],
    [nested(64), 'data'],
    // The API refuses so large a body before it reads it.
    [{ text: 'x'.repeat(262_144) }, 'data'],
  ]
  for (const [data, field] of faults)
    expect(fields(await issuesOf({ ...good, data }))).toEqual([field])
  for (const event of [null, undefined, 'IssueCreated']) {
    expect((await issuesOf(event as never)).length).toBeGreaterThan(0)
  }
})

test('definitions are checked: the name, the entity type, and the data by its own schema', async () => {
  const { emit, emitMany } = createEmitter({
    events: {
      IssueStatusChanged: {
        entity: 'Issue',
        data: z.object({ from: z.string(), to: z.object({ status: z.string() }) }),
      },
    },
  })
  const issues = async (emitted: Promise<unknown>) =>
    fields(((await emitted.catch((error: unknown) => error)) as InvalidEventError).issues)
  const emitted = (more: object) => emit(untouched as never, { ...good, ...more } as never)
  expect(await issues(emitted({ eventType: 'IssueDeleted' }))).toEqual(['eventType'])
  expect(await issues(emitted({ eventType: 'constructor' }))).toEqual(['eventType'])
  expect(await issues(emitted({ entityType: 'Tenant' }))).toEqual(['entityType'])
  expect(await issues(emitted({ data: { to: { status: 1 } } }))).toEqual([
    'data.from',
    'data.to.status',
  ])
  const many = [
    { ...good, data: { from: '', to: { status: '' } } },
    { ...good, entityId: 'x' },
  ]
  expect(await issues(emitMany(untouched as never, many as never))).toEqual(['events.1.entityId'])
})

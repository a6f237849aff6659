import { drizzle as drizzleOnPg } from 'drizzle-orm/node-postgres'
import { drizzle } from 'drizzle-orm/postgres-js'
import pg from 'pg'
import postgres from 'postgres'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import type { builtInEvents } from '../../sdk/src/built-in-events/index.ts'
import {
  type BuiltInEvents,
  createEmitter,
  createPosthornClient,
  type Delivery,
  type EventsOf,
  emit,
  verifyWebhook,
} from '../../sdk/src/index.ts'

const options = { url: 'http://localhost', apiKey: 'ph_a' }
const entityId = '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11'
const request = { headers: {}, body: '' }

test('an untyped client takes any event', () => {
  const client = createPosthornClient(options)
  interface Lease {
    signedAt: string
  }
  const data: Lease = { signedAt: 'today' }
  void client.emit({ eventType: 'LeaseSigned', entityType: 'Lease', entityId, data })
  // @ts-expect-error data is an object
  void client.emit({ eventType: 'LeaseSigned', entityType: 'Lease', entityId, data: 'signed' })
})

test('a typed client knows the data of each event type', () => {
  const { emit, emitMany } = createPosthornClient<BuiltInEvents>(options)
  const issue = { entityType: 'Issue', entityId } as const
  const tenant = { entityType: 'Tenant', entityId } as const
  const eventType = 'IssueStatusChanged'
  void emit({ ...issue, eventType, data: { from: 'open', to: 'closed', ourOwn: 1 } })
  // @ts-expect-error `to` is missing
  void emit({ ...issue, eventType, data: { from: 'open' } })
  // @ts-expect-error of another entity type
  void emit({ ...tenant, eventType, data: { from: 'open', to: 'closed' } })
  // @ts-expect-error not in the catalogue
  void emit({ ...issue, eventType: 'IssueExploded', data: {} })
  // @ts-expect-error each event of many is checked
  void emitMany([{ ...issue, eventType: 'IssueDeleted', data: { title: 1 } }])
})

test('a host adds its own', () => {
  type Ours = BuiltInEvents & { LeaseSigned: { entityType: 'Lease'; data: { signedAt: string } } }
  const { emit } = createPosthornClient<Ours>(options)
  const lease = { eventType: 'LeaseSigned', entityType: 'Lease', entityId } as const
  void emit({ ...lease, data: { signedAt: 'now' } })
  // @ts-expect-error signedAt is text
  void emit({ ...lease, data: { signedAt: 1 } })
})

test('a webhook is narrowed by its type', () => {
  const event = verifyWebhook<BuiltInEvents>(request, 'whsec_')
  if (event.type === 'IssueStatusChanged') {
    expectTypeOf(event.data.to).toEqualTypeOf<string>()
    expectTypeOf(event.entityType).toEqualTypeOf<'Issue'>()
  }
  expectTypeOf(event.userId).toEqualTypeOf<string | null>()
  expectTypeOf(verifyWebhook(request, 'whsec_').data).toEqualTypeOf<Record<string, unknown>>()
  const fetched = verifyWebhook(new Request('http://localhost'), 'whsec_')
  expectTypeOf(fetched).resolves.toHaveProperty('type')
})

test('the generated events are the built-in ones', () => {
  type BuiltInCatalogue = EventsOf<typeof builtInEvents>
  expectTypeOf<keyof BuiltInEvents>().toEqualTypeOf<keyof BuiltInCatalogue>()
  type Entities<Catalogue extends Record<keyof Catalogue, { entityType: string }>> = {
    [Name in keyof Catalogue]: Catalogue[Name]['entityType']
  }
  expectTypeOf<Entities<BuiltInEvents>>().toEqualTypeOf<Entities<BuiltInCatalogue>>()
  expectTypeOf<BuiltInEvents['PropertyUpdated']['data']>().toExtend<
    BuiltInCatalogue['PropertyUpdated']['data']
  >()
})

test('iteration gives items', () => {
  const { deliveries } = createPosthornClient(options)
  expectTypeOf(deliveries.iterate({ status: undefined })).toEqualTypeOf<
    AsyncGenerator<Delivery, void, undefined>
  >()
})

test('an emitter knows the events that it was given', () => {
  const sql = postgres('postgres://localhost')
  const { emit, emitMany } = createEmitter({
    events: {
      LeaseSigned: { entity: 'Lease', data: z.object({ signedAt: z.string() }) },
      LeaseEnded: { entity: 'Lease', data: z.object({ reason: z.enum(['moved', 'sold']) }) },
    },
  })
  const lease = { entityType: 'Lease', entityId } as const
  void emit(sql, { ...lease, eventType: 'LeaseSigned', data: { signedAt: 'now' } })
  expectTypeOf(emitMany(sql, [])).resolves.toEqualTypeOf<{ id: string }[]>()
  // @ts-expect-error signedAt is text
  void emit(sql, { ...lease, eventType: 'LeaseSigned', data: { signedAt: 1 } })
  // @ts-expect-error not one of the reasons
  void emitMany(sql, [{ ...lease, eventType: 'LeaseEnded', data: { reason: 'burnt down' } }])
  // @ts-expect-error of another entity type
  void emit(sql, { entityType: 'Issue', entityId, eventType: 'LeaseEnded', data: {} })
  // @ts-expect-error not defined
  void emit(sql, { ...lease, eventType: 'LeaseBurnt', data: {} })
  const builtIn = createEmitter<BuiltInEvents>({ schema: 'hooks' })
  // @ts-expect-error `to` is missing
  void builtIn.emit(sql, { ...lease, eventType: 'IssueStatusChanged', data: { from: 'open' } })
})

test('emit takes the transaction of every driver, and nothing else', () => {
  const event = { eventType: 'LeaseSigned', entityType: 'Lease', entityId, data: {} }
  const sql = postgres('postgres://localhost')
  void sql.begin((tx) => emit(tx, event))
  void drizzle(sql).transaction((tx) => emit(tx, event))
  void drizzle(sql, { schema: {} }).transaction((tx) => emit(tx, event))
  const pool = new pg.Pool()
  void pool.connect().then((client) => emit(client, event))
  void emit(new pg.Client(), event)
  void drizzleOnPg(pool).transaction((tx) => emit(tx, event))
  // @ts-expect-error a URL is no transaction
  void emit('postgres://localhost', event)
  // @ts-expect-error nor is an object
  void emit({}, event)
})

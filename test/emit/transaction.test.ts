import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEmitter, emit, InvalidEventError } from '../../sdk/src/index.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { drivers, type Host } from './drivers.ts'

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver
let sql: postgres.Sql

beforeAll(async () => {
  server = await createTestPosthorn()
  await server.posthorn.dispatcher.start()
  receiver = await startReceiver()
  sql = postgres(server.databaseUrl, { max: 1, onnotice: () => undefined })
  await sql`create table public.notes (id serial primary key, text text not null)`
})

afterAll(async () => {
  await sql.end()
  await server.close()
  await receiver.close()
})

const notes = async () => (await sql`select text from public.notes`).map(({ text }) => text)
const stored = (organisationId: string) =>
  sql`select *, data::text as json from posthorn.domain_events where organisation_id = ${organisationId} order by id`

const event = (more = {}) => issueEvent(more) as Parameters<typeof emit>[1]

/** Everything that a driver might change on the way. */
const data = {
  text: 'Grüße, 世界 🎺 \\ " \' \u2028 $1 :name ? %',
  numbers: [0, -1.5, 1e21, 1e-7, Number.MAX_SAFE_INTEGER, 0.1],
  nested: { camelCase: { snake_case: [[], {}, null, true, [{ a: [1] }]] }, undefined },
  at: new Date('2026-01-31T09:30:00Z'),
  '2026-01-31T09:30:00Z': '2026-01-31T09:30:00Z',
}

describe.each(Object.entries(drivers))('in a transaction of %s', (name, open) => {
  let host: Host

  beforeAll(async () => {
    host = await open(server.databaseUrl)
  })

  afterAll(() => host.close())

  test('an event that is committed is delivered, signed, and as it was given', async () => {
    const { organisationId } = await server.createOrganisation()
    const path = `/${organisationId}`
    const { body: subscription } = await server.call('POST', '/v1/subscriptions', {
      body: { organisationId, url: receiver.url(path) },
    })
    const userId = randomUUID().toUpperCase()
    const given = { ...event(), data, userId, createdAt: new Date().toISOString() }
    const { id } = await host.transaction(async (tx, note) => {
      await note(`before, ${name}`)
      const emitted = await emit(tx, given, { organisationId, source: 'lettings' })
      await note(`after, ${name}`)
      return emitted
    })
    const [request] = await receiver.waitFor(1, { path })
    const headers = request?.headers as Record<string, string>
    const body = request?.body.toString() ?? ''
    expect(new Webhook(subscription.secret).verify(body, headers)).toEqual({
      id,
      type: given.eventType,
      timestamp: given.createdAt,
      entityType: given.entityType,
      entityId: given.entityId,
      organisationId,
      userId: userId.toLowerCase(),
      correlationId: null,
      source: 'lettings',
      data: JSON.parse(JSON.stringify(data)),
    })
    expect(await notes()).toEqual(expect.arrayContaining([`before, ${name}`, `after, ${name}`]))
  })

  test('what the event does not say is left to the table', async () => {
    const organisationId = randomUUID()
    const { id } = await host.transaction((tx) => emit(tx, event({ organisationId })))
    const [row, ...others] = await stored(organisationId)
    expect(others).toEqual([])
    expect(row).toMatchObject({ id, source: 'dashboard', user_id: null, correlation_id: null })
    expect(Date.now() - row?.['created_at'].getTime()).toBeLessThan(60_000)
  })

  test('an event that is rolled back never was', async () => {
    const organisationId = randomUUID()
    await expect(
      host.transaction(async (tx, note) => {
        await emit(tx, event({ organisationId }))
        await note(`rolled back, ${name}`)
        throw new Error('the host changed its mind')
      }),
    ).rejects.toThrow('the host changed its mind')
    expect(await stored(organisationId)).toEqual([])
    expect(await notes()).not.toContain(`rolled back, ${name}`)
  })

  test('an event that is refused leaves the transaction as it was', async () => {
    const organisationId = randomUUID()
    await host.transaction(async (tx, note) => {
      const bad = event({ organisationId, data: { to: 'nul \0' } })
      await expect(emit(tx, bad)).rejects.toBeInstanceOf(InvalidEventError)
      await note(`went on, ${name}`)
    })
    expect(await notes()).toContain(`went on, ${name}`)
    expect(await stored(organisationId)).toEqual([])
  })

  test('many events are one statement, in their order', async () => {
    const organisationId = randomUUID()
    const { emitMany } = createEmitter({ organisationId })
    const many = Array.from({ length: 300 }, (_, at) => event({ data: { at } }))
    const ids = await host.transaction((tx) => emitMany(tx, many))
    const rows = await stored(organisationId)
    expect(rows.map(({ id }) => ({ id }))).toEqual(ids)
    expect(rows.map(({ json }) => json)).toEqual(many.map((_, at) => `{"at": ${at}}`))
    expect(await host.transaction((tx) => emitMany(tx, []))).toEqual([])
  })

  test('outside of a transaction it is one of its own, where the driver has such a thing', async () => {
    const organisationId = randomUUID()
    if (!host.autocommit) return
    const { id } = await emit(host.autocommit, event({ organisationId }))
    expect(await stored(organisationId)).toMatchObject([{ id }])
  })
})

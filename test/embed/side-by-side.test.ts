import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPosthorn, type Posthorn } from '../../server/index.ts'
import { issueEvent } from '../support/create-test-posthorn.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

let database: TestDatabase
let host: postgres.Sql
let receiver: Receiver
const posthorns: Posthorn[] = []

beforeAll(async () => {
  database = await createTestDatabase('empty')
  receiver = await startReceiver()
  host = postgres(database.url, { max: 1, onnotice: () => undefined })
  await host.unsafe(`
    create table public.subscriptions (id int primary key, plan text);
    create table public.deliveries (id int primary key, parcel text);
    insert into public.subscriptions values (1, 'yearly');
    insert into public.deliveries values (1, 'a box')`)
})

afterAll(async () => {
  for (const posthorn of posthorns) await posthorn.close()
  await host?.end()
  await receiver?.close()
  await database?.drop()
})

/** A Posthorn in a schema of its own, over the pool of the host, with one subscription. */
async function start(schema: string, organisationId: string) {
  const posthorn = createPosthorn({
    database: host,
    schema,
    encryptionKeys,
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    retentionDays: { events: 3, deliveries: 3 },
    consoleDir: false,
  })
  posthorns.push(posthorn)
  await posthorn.migrate()
  const { apiKey = '' } = (await posthorn.ensureApiKey()) ?? {}
  await posthorn.dispatcher.start()
  const call = async (path: string, body?: object) => {
    const response = await posthorn.fetch(
      new Request(`http://host/v1/${path}`, {
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      }),
    )
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not.
    return { status: response.status, body: (await response.json()) as any }
  }
  await call('subscriptions', { organisationId, url: receiver.url(`/${schema}`) })
  return { apiKey, call }
}

test('two schemas beside tables of the same names: nothing of one is seen, sent or changed by another', async () => {
  const organisationId = randomUUID()
  const one = await start('hooks_one', organisationId)
  const two = await start('hooks_two', organisationId)
  const posted = await one.call('events', issueEvent({ organisationId }))
  expect(posted.status).toBe(202)
  const [request] = await receiver.waitFor(1, { path: '/hooks_one' })
  expect(request?.body.toString()).toContain(posted.body.id)
  // Sent and recorded in the one; in the other, it would have come before what is posted there now.
  await two.call('events', issueEvent({ organisationId }))
  const [other] = await receiver.waitFor(1, { path: '/hooks_two' })
  expect(other?.body.toString()).not.toContain(posted.body.id)
  expect(receiver.requests()).toHaveLength(2)
  const query = `?organisationId=${organisationId}`
  for (const { call } of [one, two]) {
    expect((await call(`subscriptions${query}`)).body.data).toHaveLength(1)
    expect((await call(`events${query}`)).body.data).toHaveLength(1)
  }
  const stranger = await posthorns[1]?.fetch(
    new Request(`http://host/v1/events${query}`, {
      headers: { authorization: `Bearer ${one.apiKey}` },
    }),
  )
  expect(stranger?.status).toBe(401)
  expect(await host`select * from public.subscriptions`).toEqual([{ id: 1, plan: 'yearly' }])
  expect(await host`select * from public.deliveries`).toEqual([{ id: 1, parcel: 'a box' }])
})

import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPosthorn, type PosthornOptions } from '../../server/index.ts'
import { newId } from '../../server/kernel/ids.ts'
import { createTestPosthorn, issueEvent } from '../support/create-test-posthorn.ts'
import { encryptionKeys } from '../support/encryption-keys.ts'
import { createOrganisation, until } from '../support/organisation.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const dispatcher = {
  retryScheduleSeconds: new Array<number>(20).fill(1),
  leaseMs: 1000,
  drainMs: 2000,
}

let server: Awaited<ReturnType<typeof createTestPosthorn>>
let receiver: Receiver

beforeEach(async () => {
  server = await createTestPosthorn({ dispatcher })
  receiver = await startReceiver()
})

afterEach(async () => {
  await server.close()
  await receiver.close()
})

interface Stream {
  entityId: string
  /** Ids of its events, in order. */
  ids: string[]
}

function streams(count: number): Stream[] {
  return Array.from({ length: count }, () => ({ entityId: randomUUID(), ids: [] }))
}

type Organisation = Awaited<ReturnType<typeof createOrganisation>>

/** One event of each entity per round, in batches: what is in one batch has consecutive ids. */
async function post(organisation: Organisation, entities: Stream[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const events = entities.map(({ entityId }) => issueEvent({ entityId }))
    for (const [index, id] of (await organisation.post(events)).entries()) {
      entities[index]?.ids.push(id)
    }
  }
}

/** Refuses the events with these ids for as long as they are in the set. */
function refuse(path: string, ids: Set<string>): void {
  receiver.behave(path, (request, response) => {
    response.writeHead(ids.has(request.webhookId ?? '') ? 500 : 200).end()
  })
}

/** Events of an entity as they were first seen, and nothing new before the one before it had succeeded. */
function expectInOrder(path: string, { ids }: Stream, refused: ReadonlySet<string> = new Set()) {
  const seen = receiver
    .requests(path)
    .map((request) => request.webhookId ?? '')
    .filter((id) => ids.includes(id))
  const withoutRepeats = seen.filter((id, index) => seen[index - 1] !== id)
  expect(withoutRepeats).toEqual(ids.slice(0, withoutRepeats.length))
  for (const id of ids)
    if (!refused.has(id)) expect(seen.filter((one) => one === id)).toHaveLength(1)
}

/** Ids of two processes say which came first only from one millisecond to the next. */
async function nextMillisecond(): Promise<void> {
  const ms = Date.now()
  while (Date.now() <= ms + 1) await new Promise((resolve) => setTimeout(resolve, 1))
}

const arrived = (path: string, ids: readonly string[]) => {
  const seen = new Set(receiver.requests(path).map((request) => request.webhookId))
  return ids.every((id) => seen.has(id))
}

describe('a subscription that asks for order', () => {
  test('gets the events of an entity one after the other; one that fails holds its entity and no other', async () => {
    await server.posthorn.dispatcher.start()
    const own = await createOrganisation(server, receiver)
    const { path } = await own.subscribe({ ordering: 'entity' })
    const entities = streams(5)
    const [stuck, ...others] = entities as [Stream, ...Stream[]]
    const refused = new Set([newId()])
    refuse(path, refused)
    for (const id of refused) await own.post([issueEvent({ entityId: stuck.entityId, id })])
    stuck.ids.push(...refused)
    await post(own, entities, 10)
    await until(() =>
      arrived(
        path,
        others.flatMap((one) => one.ids),
      ),
    )
    const ofStuck = receiver
      .requests(path)
      .filter((request) => stuck.ids.includes(request.webhookId ?? ''))
    for (const request of ofStuck) expect(request.webhookId).toBe(stuck.ids[0])
    const all = new Set(refused)
    refused.clear()
    await until(() => arrived(path, stuck.ids))
    for (const entity of entities) expectInOrder(path, entity, all)
  })

  test('keeps it over a restart, and when another dispatcher takes over', async () => {
    await server.posthorn.dispatcher.start()
    const own = await createOrganisation(server, receiver)
    const { path } = await own.subscribe({ ordering: 'entity' })
    const entities = streams(4)
    const refused = new Set([newId()])
    refuse(path, refused)
    const [stuck] = entities as [Stream, ...Stream[]]
    for (const id of refused) await own.post([issueEvent({ entityId: stuck.entityId, id })])
    stuck.ids.push(...refused)
    await post(own, entities, 5)
    await server.posthorn.dispatcher.stop()
    await post(own, entities, 5)
    await server.posthorn.dispatcher.start()
    const options: PosthornOptions = {
      database: server.databaseUrl,
      encryptionKeys,
      allowHttp: true,
      allowedNetworks: ['127.0.0.0/8'],
      consoleDir: false,
      dispatcher,
    }
    const second = createPosthorn(options)
    try {
      await second.dispatcher.start()
      await post(own, entities, 5)
      await server.posthorn.dispatcher.stop()
      const held = new Set(refused)
      refused.clear()
      await until(() =>
        arrived(
          path,
          entities.flatMap((one) => one.ids),
        ),
      )
      for (const entity of entities) expectInOrder(path, entity, held)
    } finally {
      await second.close()
    }
  })

  test('gets what others inserted before what was posted after, although it has to be published first', async () => {
    await server.posthorn.dispatcher.start()
    const own = await createOrganisation(server, receiver)
    const { path } = await own.subscribe({ ordering: 'entity' })
    const entities = streams(3)
    const sql = postgres(server.databaseUrl, { max: 1 })
    try {
      for (let round = 0; round < 15; round++) {
        for (const entity of entities) {
          const [row] = await sql<{ id: string }[]>`
            insert into posthorn.domain_events (entity_type, entity_id, event_type, data, organisation_id)
            values ('Issue', ${entity.entityId}, 'IssueUpdated', '{}', ${own.organisationId}) returning id`
          entity.ids.push(row?.id ?? '')
        }
        await nextMillisecond()
        await post(own, entities, 1)
        await nextMillisecond()
      }
    } finally {
      await sql.end()
    }
    await until(() =>
      arrived(
        path,
        entities.flatMap((one) => one.ids),
      ),
    )
    for (const entity of entities) expectInOrder(path, entity)
  })
})

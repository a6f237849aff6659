import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../server/context.ts'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { ChannelListener } from '../../server/database/listen.ts'
import type { Settlement } from '../../server/deliveries/index.ts'
import { systemClock } from '../../server/kernel/clock.ts'
import { newId } from '../../server/kernel/ids.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { Broadcaster } from '../../server/stream/broadcaster.ts'
import { decodeNotification, type Notification } from '../../server/stream/notification.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let engine: Database
let listener: ChannelListener
const heard: Notification[] = []
const listenerId = newId()

beforeAll(async () => {
  database = await createTestDatabase()
  engine = connectDatabase({
    url: database.url,
    schema: 'posthorn',
    applicationName: 'broadcaster',
    maxConnections: 2,
    log: silentLogger,
  })
  await new Promise<void>((resolve) => {
    listener = new ChannelListener({
      url: database.url,
      applicationName: 'listener',
      channel: 'posthorn',
      onConnected: resolve,
      onMessage: (payload) => {
        expect(Buffer.byteLength(payload)).toBeLessThan(8000)
        const notification = decodeNotification(payload)
        if (notification) heard.push(notification)
      },
      log: silentLogger,
    })
  })
})

afterAll(async () => {
  await listener?.close()
  await engine?.close()
  await database?.drop()
})

function context(): Context {
  return {
    clock: systemClock,
    log: silentLogger,
    config: { schema: 'posthorn' },
    database: { engine },
  } as unknown as Context
}

const lease = (ms: number) =>
  engine.query(
    (sql) => sql`
      insert into stream_listeners values (${listenerId}, now() + ${ms} * interval '1 millisecond')
      on conflict (id) do update set lease_until = excluded.lease_until`,
  )

function settlements(count: number): Settlement[] {
  return Array.from({ length: count }, () => ({
    organisation_id: randomUUID(),
    id: newId(),
    attempts: 32_766,
    status: 'succeeded',
  })) as Settlement[]
}

const attempts = () => heard.flatMap((notification) => notification.attempts)

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 2000) throw new Error('it did not come to hold within 10 s')
    await delay(5)
  }
}

test('it tells everything in order while somebody listens, nothing otherwise, and leaves out a number after that', async () => {
  const broadcaster = new Broadcaster(context(), newId(), 20)
  broadcaster.start()
  broadcaster.record(settlements(3))
  await delay(100)
  expect(heard).toEqual([])
  await lease(60_000)
  await until(() => heard.length > 0)
  const told = settlements(500)
  broadcaster.record(told.slice(0, 400))
  broadcaster.record(told.slice(400))
  await until(() => attempts().length === 500)
  expect(attempts().map(([, id]) => id)).toEqual(told.map(({ id }) => id))
  const unbroken = () =>
    heard.every(
      ({ sequence }, index) => index === 0 || sequence === (heard[index - 1]?.sequence ?? 0) + 1,
    )
  expect(unbroken()).toBe(true)
  await lease(-1)
  // It gives a sign of life every 20 ms as long as it is listened to.
  let length = 0
  while (heard.length > length) {
    length = heard.length
    await delay(300)
  }
  broadcaster.record(settlements(1))
  await lease(60_000)
  await until(() => heard.length > length)
  expect(unbroken()).toBe(false)
  expect(attempts()).toHaveLength(500)
  await broadcaster.stop()
  await until(() => heard.at(-1)?.bye === true)
})

test('it does not listen to itself', async () => {
  const before = heard.length
  await lease(60_000)
  const broadcaster = new Broadcaster(context(), listenerId, 10)
  broadcaster.start()
  await delay(100)
  broadcaster.record(settlements(1))
  await broadcaster.stop()
  expect(heard).toHaveLength(before)
})

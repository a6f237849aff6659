import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../server/database/database.ts'
import { ChannelListener } from '../../server/database/listen.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

let database: TestDatabase
let admin: Database

beforeAll(async () => {
  database = await createTestDatabase('empty')
  admin = connectDatabase({
    url: database.url,
    schema: 'public',
    applicationName: 'admin',
    maxConnections: 2,
    log: silentLogger,
  })
})

afterAll(async () => {
  await admin?.close()
  await database?.drop()
})

function listen(url: string, applicationName: string) {
  const heard: string[] = []
  let connected = 0
  const listener = new ChannelListener({
    url,
    applicationName,
    channel: 'news',
    onConnected: () => connected++,
    onMessage: (payload) => heard.push(payload),
    pingEveryMs: 200,
    reconnectMs: 10,
    log: silentLogger,
  })
  return { heard, close: () => listener.close(), connections: () => connected }
}

const tell = (payload: string) => admin.query((sql) => sql`select pg_notify('news', ${payload})`)

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 2000) throw new Error('it did not come to hold within 10 s')
    await delay(5)
  }
}

const backends = (applicationName: string) =>
  admin.query(
    (sql) => sql`select pid from pg_stat_activity where application_name = ${applicationName}`,
  )

test('what is told is heard, in order; after the backend was terminated too, and the gap is reported', async () => {
  const listener = listen(database.url, 'terminated')
  await until(() => listener.connections() === 1)
  for (const payload of ['one', 'two']) await tell(payload)
  await until(() => listener.heard.length === 2)
  await admin.query(
    (sql) =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'terminated'`,
  )
  await until(() => listener.connections() === 2)
  await tell('three')
  await until(() => listener.heard.length === 3)
  expect(listener.heard).toEqual(['one', 'two', 'three'])
  await listener.close()
  while ((await backends('terminated')).length > 0) await delay(5)
  expect(listener.connections()).toBe(2)
})

test('a network that swallows everything is noticed, and it listens again when it passes', async () => {
  const url = new URL(database.url)
  const proxy = await startTcpProxy({ targetPort: Number(url.port) })
  url.port = String(proxy.port)
  const listener = listen(url.href, 'swallowed')
  await until(() => listener.connections() === 1)
  await proxy.setMode('blackhole')
  await tell('unheard')
  await delay(600)
  await proxy.setMode('pass')
  await until(() => listener.connections() === 2)
  await tell('heard')
  await until(() => listener.heard.includes('heard'))
  await listener.close()
  await proxy.close()
})

test('it goes on trying while Postgres cannot be reached, and stops trying when it is closed', async () => {
  const url = new URL(database.url)
  const proxy = await startTcpProxy({ targetPort: Number(url.port) })
  url.port = String(proxy.port)
  await proxy.setMode('refuse')
  const listener = listen(url.href, 'refused')
  await delay(50)
  await proxy.setMode('pass')
  await until(() => listener.connections() === 1)
  await proxy.setMode('refuse')
  await listener.close()
  await proxy.close()
})

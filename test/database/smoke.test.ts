import { expect, test } from 'vitest'
import { connectDatabase } from '../../server/database/database.ts'
import { silentLogger } from '../../server/kernel/logger.ts'
import { createTestDatabase } from '../support/database.ts'
import { behaviours, startReceiver } from '../support/receiver.ts'
test('smoke', async () => {
  for (let i = 0; i < 5; i++) {
  const t = performance.now()
  const database = await createTestDatabase()
  console.log('create', performance.now() - t)
  const db = connectDatabase({ url: database.url, schema: 'posthorn', applicationName: 'x', maxConnections: 2, log: silentLogger })
  const r = await db.query((sql) => sql`select count(*)::int as n from event_types`)
  expect(r[0]).toMatchObject({ n: expect.any(Number) })
  console.log(r)
  await db.close()
  const t2 = performance.now()
  await database.drop()
  console.log('drop', performance.now() - t2)
  }
})
test('receiver', async () => {
  const receiver = await startReceiver()
  receiver.behave('/big', behaviours.largeBody(1_000_000))
  receiver.behave('/f', behaviours.failFirst(1, 503))
  receiver.behave('/drip', behaviours.drip())
  receiver.behave('/hang', behaviours.hang())
  receiver.behave('/reset', behaviours.reset())
  expect((await (await fetch(receiver.url('/big'))).text()).length).toBe(1_000_000)
  expect((await fetch(receiver.url('/f'), { method: 'POST', body: 'a', headers: { 'webhook-id': 'x' } })).status).toBe(503)
  expect((await fetch(receiver.url('/f?a=1'))).status).toBe(200)
  expect(receiver.requests('/f').map((r) => r.webhookId)).toEqual(['x', undefined])
  await expect(fetch(receiver.url('/reset'))).rejects.toThrow()
  const w = receiver.waitFor(2, { path: '/hang' })
  const h = [fetch(receiver.url('/hang')), fetch(receiver.url('/hang')), fetch(receiver.url('/drip')).then((r) => r.text())]
  await w
  await receiver.waitFor(1, { path: '/drip' })
  await receiver.close()
  expect((await Promise.allSettled(h)).map((x) => x.status)).toEqual(['rejected', 'rejected', 'rejected'])
})

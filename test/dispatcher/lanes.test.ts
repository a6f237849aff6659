import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Gates } from '../../server/dispatcher/gates.ts'
import { Lanes } from '../../server/dispatcher/lanes.ts'
import { shareLeft } from '../../server/dispatcher/share.ts'
import type { QueuedDelivery } from '../../server/publishing/index.ts'

/** A subscription is `organisation/number`; `platform/number` belongs to no organisation. */
function scheduler(concurrencyMax = 512) {
  const gates = new Gates(
    { concurrencyMax: 128, probeAfterMs: 5000 },
    (subscriptionId) => {
      const [organisation] = subscriptionId.split('/')
      return organisation === 'platform' ? null : (organisation ?? null)
    },
    () => 0,
  )
  const lanes = new Lanes(
    gates,
    ({ underWay }) => shareLeft(concurrencyMax, gates.underWay, underWay, 1) > 0,
  )
  return { gates, lanes }
}

function delivery(subscriptionId: string, more: Partial<QueuedDelivery> = {}, bytes = 1000) {
  return {
    organisationId: 'unused',
    id: randomUUID(),
    subscriptionId,
    bucket: 0,
    attempts: 0,
    attemptsBefore: 0,
    trigger: 'event',
    orderKey: null,
    event: { id: '', eventType: '', entityType: '', entityId: '', body: Buffer.alloc(bytes) },
    ...more,
  } satisfies QueuedDelivery
}

const now = () => 0
const never = () => undefined

function drain(lanes: Lanes): string[] {
  const order: string[] = []
  for (let turn = lanes.next(now, never); turn; turn = lanes.next(now, never)) {
    order.push(turn.lane.subscriptionId)
  }
  return order
}

const organisationsOf = (order: readonly string[]) => order.map((id) => id.split('/')[0])

test('a delivery that was found on disk before its statement was answered is sent once', () => {
  const { gates, lanes } = scheduler()
  const found = delivery('org/1')
  lanes.load(found, gates.lane(found.bucket, found.subscriptionId))
  lanes.offer(found)
  expect(drain(lanes)).toEqual(['org/1'])
})

describe('turns of organisations', () => {
  test('are equal, however many subscriptions each has and however much waits', () => {
    const subscriptions = fc.integer({ min: 1, max: 12 })
    fc.assert(
      fc.property(fc.array(subscriptions, { minLength: 2, maxLength: 6 }), (counts) => {
        const { lanes } = scheduler()
        const each = 24
        for (const [organisation, count] of counts.entries()) {
          for (let n = 0; n < each * count; n++) {
            lanes.offer(delivery(`org${organisation}/${n % count}`))
          }
        }
        // While everybody has something waiting, everybody gets the same.
        const first = organisationsOf(drain(lanes).slice(0, each * counts.length))
        const shares = counts.map((_, one) => first.filter((id) => id === `org${one}`).length)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(4)
      }),
    )
  })

  test('bring a newcomer to its turn within one short turn of each of the others', () => {
    const { lanes } = scheduler()
    for (let n = 0; n < 20 * 50; n++) lanes.offer(delivery(`noisy${n % 20}/0`))
    for (let n = 0; n < 100; n++) lanes.next(now, never)
    lanes.offer(delivery('late/0'))
    expect(drain(lanes).indexOf('late/0')).toBeLessThanOrEqual(20 * 3)
  })

  test('weigh bodies: who sends large ones has fewer turns', () => {
    const { lanes } = scheduler()
    for (let n = 0; n < 60; n++) {
      lanes.offer(delivery('small/0', {}, 100))
      lanes.offer(delivery('large/0', {}, 96 * 1024))
    }
    const first = organisationsOf(drain(lanes).slice(0, 50))
    const large = first.filter((id) => id === 'large').length
    expect(large).toBeGreaterThanOrEqual(8)
    expect(large).toBeLessThanOrEqual(14)
  })

  test('are equal for the subscriptions within one as well, and for the buckets of the platform', () => {
    const { lanes } = scheduler()
    for (let n = 0; n < 90; n++) lanes.offer(delivery('org/busy'))
    for (let n = 0; n < 10; n++) lanes.offer(delivery('org/calm'))
    const order = drain(lanes)
    expect(order.lastIndexOf('org/calm')).toBeLessThan(30)
    for (let n = 0; n < 90; n++) lanes.offer(delivery('platform/one', { bucket: 1 }))
    for (let n = 0; n < 10; n++) lanes.offer(delivery('platform/one', { bucket: 2 }))
    const buckets = []
    for (let turn = lanes.next(now, never); turn; turn = lanes.next(now, never)) {
      buckets.push(turn.lane.bucket)
    }
    expect(buckets.lastIndexOf(2)).toBeLessThan(30)
  })
})

describe('requests under way', () => {
  test('of one organisation leave more than half of them to others, however many subscriptions it has', () => {
    const { gates, lanes } = scheduler(64)
    for (let n = 0; n < 400; n++) lanes.offer(delivery(`noisy/${n % 40}`))
    const start = () => {
      const turn = lanes.next((gate) => gate.admission.nextAtMs(null, 0), never)
      if (turn) gates.started(turn.lane.gate, 0)
      return turn
    }
    while (start()) {}
    expect(gates.underWay).toBe(28)
    lanes.offer(delivery('late/0'))
    expect(start()?.lane.subscriptionId).toBe('late/0')
    // One of the noisy ends: the next of the noisy may start.
    const gate = [...gates.lanes()].find((lane) => lane.subscriptionId === 'noisy/0')?.gate
    if (!gate) throw new Error('no gate')
    for (let n = 0; n < 2; n++) {
      gates.ended(gate, {
        effect: { load: 'unknown', health: 'answered' },
        startedAtMs: 0,
        nowMs: 1,
        random: 0,
        pauseMs: undefined,
      })
      lanes.ended(gate)
    }
    expect(start()?.lane.subscriptionId).toMatch(/^noisy/)
  })

  test('of a stuck subscription cost nothing until one of them ends', () => {
    const { lanes } = scheduler()
    for (let n = 0; n < 50; n++) lanes.offer(delivery(`org/${n}`))
    let asked = 0
    const stuck = () => {
      asked++
      return Number.POSITIVE_INFINITY
    }
    for (let n = 0; n < 100; n++) expect(lanes.next(stuck, never)).toBeUndefined()
    expect(asked).toBe(50)
  })
})

describe('memory', () => {
  test('filled by one organisation with many subscriptions still has room for every other', () => {
    const { lanes, gates } = scheduler()
    const held = (id: string) => gates.get(`${id}/0`)?.tenant.ready ?? 0
    for (let n = 0; n < 20_000; n++) lanes.offer(delivery(`noisy/${n % 200}`))
    expect(held('noisy')).toBe(2187)
    for (let other = 0; other < 100; other++) {
      for (let n = 0; n < 10; n++) lanes.offer(delivery(`org${other}/0`))
      expect(held(`org${other}`)).toBe(10)
    }
    expect(lanes.readyCount).toBeLessThanOrEqual(5000)
  })

  test('is bounded by bytes as well, and what did not fit is hungry once there is room', () => {
    const { lanes } = scheduler()
    const bytes = 256 * 1024
    for (let n = 0; n < 1000; n++) lanes.offer(delivery(`org${n % 10}/0`, {}, bytes))
    expect(lanes.readyCount * bytes).toBeLessThanOrEqual(64 * 1024 * 1024)
    expect(lanes.readyCount).toBeGreaterThan(100)
    const before = lanes.hunger.pick(64).length
    drain(lanes)
    expect(before + lanes.hunger.pick(64).length).toBeGreaterThanOrEqual(10)
  })

  test('holds what was sent until its result is written, and forgets with a lane what was not sent', () => {
    const { lanes, gates } = scheduler()
    const sent = delivery('org/0')
    const waiting = delivery('org/0')
    lanes.offer(sent)
    lanes.offer(waiting)
    lanes.next(now, never)
    lanes.forget(gates.lane(0, 'org/0'))
    expect([lanes.isHeld(sent.id), lanes.isHeld(waiting.id)]).toEqual([true, false])
    lanes.release(sent.id)
    expect(lanes.isHeld(sent.id)).toBe(false)
    expect(lanes.readyCount).toBe(0)
  })
})

describe('deliveries whose order is kept', () => {
  test('are asked for by entity, never sent from memory, and never two of one entity at once', () => {
    const { lanes, gates } = scheduler()
    const lane = gates.lane(0, 'org/0')
    const first = delivery('org/0', { orderKey: 'a' })
    lanes.offer(first)
    expect(lanes.next(now, never)).toBeUndefined()
    expect([...lane.entities]).toEqual(['a'])
    lane.entities.clear()
    expect(lanes.load(first, lane)).toBe(true)
    lanes.load(delivery('org/0', { orderKey: 'a' }), lane)
    lanes.offer(delivery('org/0', { orderKey: 'a' }))
    expect(lane.entities.size).toBe(0)
    expect(drain(lanes)).toHaveLength(1)
    expect(lanes.release(first.id)?.orderKey).toBe('a')
    expect(lanes.isBusy(lane, 'a')).toBe(false)
  })
})

import { expect, test } from 'vitest'
import { healthyAreServed, orderIsKept, rampIsRespected } from './conditional-invariants.ts'
import { findViolations } from './invariants.ts'
import type { Receipt } from './ledger.ts'
import type { Observation } from './observation.ts'

const organisation = '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f'
const stranger = '11111111-2222-4333-8444-555555555555'
const [e1, e2] = ['019a9d2e-5c00-7000-8000-000000000001', '019a9d2e-5c01-7000-8000-000000000002']
const atMs = 1_763_000_000_000

const receipt = (change: Partial<Receipt> = {}): Receipt => ({
  path: '/a',
  id: e1,
  atMs,
  bodyHash: 'hash',
  verified: true,
  timestampSeconds: atMs / 1000,
  answer: 200,
  underWay: 1,
  ...change,
})

/** Two events, one subscription: the first delivered at the second attempt, the second at once. */
function wellBehaved() {
  const key = { organisationId: organisation, subscriptionId: 's' }
  const attempt = { organisationId: organisation, durationMs: 10, outcome: 'succeeded' }
  return {
    published: {
      attempted: new Map([
        [e1, organisation],
        [e2, organisation],
      ]),
      accepted: new Map([
        [e1, organisation],
        [e2, organisation],
      ]),
    },
    subscriptions: [{ id: 's', organisationId: organisation as string | null, path: '/a' }],
    ledger: [receipt({ answer: 500 }), receipt({ atMs: atMs + 1010 }), receipt({ id: e2 })],
    rows: {
      events: [e1, e2].map((id) => ({
        id,
        organisationId: organisation,
        entityId: 'entity',
        isPublished: true as boolean,
      })),
      queue: [] as Observation['rows']['queue'],
      deliveries: [
        { ...key, id: 'd1', eventId: e1, status: 'succeeded', attempts: 2 },
        { ...key, id: 'd2', eventId: e2, status: 'succeeded', attempts: 1 },
      ],
      attempts: [
        { ...attempt, deliveryId: 'd1', number: 1, startedAtMs: atMs, outcome: 'http_status' },
        { ...attempt, deliveryId: 'd1', number: 2, startedAtMs: atMs + 1010 },
        { ...attempt, deliveryId: 'd2', number: 1, startedAtMs: atMs },
      ],
      buckets: [{ bucket: 0, hasLivingOwner: true as boolean }],
    },
    processes: [{ name: 'all 1', exit: null, log: [], rssMib: 150 }] as Observation['processes'],
    foreignSeen: 0,
    allowed: {
      duplicatesMax: 0,
      unrecordedMax: 0,
      timestampOffMaxMs: 5000 as number | null,
      scheduleSeconds: [1, 1],
      allSucceed: true,
      rssMaxMib: 400,
    },
  } satisfies Observation
}

type Planted = ReturnType<typeof wellBehaved>

/** The item that is there by construction. */
function at<T>(items: T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error(`Nothing at ${index}`)
  return item
}

const waiting = {
  organisationId: organisation,
  subscriptionId: 's',
  id: 'd3',
  eventId: e1,
  attempts: 0,
  overdueMs: 0,
}

test('what is in order violates nothing', () => {
  expect(findViolations(wellBehaved())).toEqual([])
})

test.each<[string, (observation: Planted) => void]>([
  ['I1: event .* was accepted and is not stored', (o) => o.rows.events.pop()],
  ['I1: event .* is stored and nobody sent it', (o) => o.published.attempted.delete(e2)],
  ['I1: .* has 0 deliveries', (o) => o.rows.deliveries.pop()],
  ['I1: .* has 2 deliveries', (o) => o.rows.queue.push(waiting)],
  [
    'I1: .* has a delivery and should have none',
    (o) => o.rows.queue.push({ ...waiting, subscriptionId: 'other' }),
  ],
  [
    'I2: event .* was never published',
    (o) => {
      at(o.rows.events, 0).isPublished = false
    },
  ],
  ['I2: delivery d3 still waits', (o) => o.rows.queue.push(waiting)],
  [
    'I2: delivery d2 failed',
    (o) => {
      at(o.rows.deliveries, 1).status = 'failed'
    },
  ],
  ['I2: delivery d2 succeeded without an attempt', (o) => o.rows.attempts.pop()],
  ['I3: .* is recorded as delivered and was not received', (o) => o.ledger.pop()],
  ['I3: .* was received and has no delivery', (o) => o.ledger.push(receipt({ id: 'ghost' }))],
  ['I4: 1 requests were repeated', (o) => o.ledger.push(receipt({ id: e2 }))],
  [
    'I5: delivery d1 has attempts 1, 3',
    (o) => {
      at(o.rows.attempts, 1).number = 3
    },
  ],
  [
    'I5: delivery d2 counts 4 attempts and has 1',
    (o) => {
      at(o.rows.deliveries, 1).attempts = 4
    },
  ],
  ['I5: delivery d2 is finished and waits', (o) => o.rows.queue.push({ ...waiting, id: 'd2' })],
  [
    'I5: delivery d1 was tried again after 100 ms',
    (o) => {
      at(o.rows.attempts, 1).startedAtMs = atMs + 110
    },
  ],
  [
    'I5: delivery d1 has more attempts than the schedule',
    (o) => {
      o.allowed.scheduleSeconds = []
    },
  ],
  [
    'I6: event .* was sent with 2 different bodies',
    (o) => {
      at(o.ledger, 1).bodyHash = 'other'
    },
  ],
  [
    'I6: the signature of .* does not verify',
    (o) => {
      at(o.ledger, 1).verified = false
    },
  ],
  [
    'I6: the timestamp of .* is 60000 ms off',
    (o) => {
      at(o.ledger, 0).timestampSeconds -= 60
    },
  ],
  [
    'I7: bucket 0 belongs to nobody who lives',
    (o) => {
      at(o.rows.buckets, 0).hasLivingOwner = false
    },
  ],
  [
    'I7: delivery d3 has been due for 9000 ms',
    (o) => o.rows.queue.push({ ...waiting, overdueMs: 9000 }),
  ],
  [
    'I8: delivery d2 belongs to another organisation than its event',
    (o) => {
      at(o.rows.deliveries, 1).organisationId = stranger
    },
  ],
  [
    "I8: delivery d1 goes to another organisation's subscription",
    (o) => {
      at(o.subscriptions, 0).organisationId = stranger
    },
  ],
  [
    'I8: an attempt of d2 belongs to another organisation',
    (o) => {
      at(o.rows.attempts, 2).organisationId = stranger
    },
  ],
  [
    'I8: a key was shown 3 rows',
    (o) => {
      o.foreignSeen = 3
    },
  ],
  [
    'I11: all 1 ended by itself with 1',
    (o) => {
      o.processes = [process({ exit: { code: 1, signal: null, expected: false } })]
    },
  ],
  [
    'I11: all 1 ended with 1 when it was asked to stop',
    (o) => {
      o.processes = [process({ exit: { code: 1, signal: null, expected: true } })]
    },
  ],
  [
    'I11: all 1: .*UnhandledPromiseRejection',
    (o) => {
      o.processes = [process({ log: ['[UnhandledPromiseRejection: …]'] })]
    },
  ],
  [
    'I11: all 1 uses 900 MiB',
    (o) => {
      o.processes = [process({ rssMib: 900 })]
    },
  ],
  ['I12: 1 requests are not recorded', (o) => o.ledger.unshift(receipt({ answer: 500 }))],
])('%s', (text, plant) => {
  const observation = wellBehaved()
  plant(observation)
  expect(findViolations(observation).join('\n')).toMatch(new RegExp(text))
})

function process(facts: Partial<Observation['processes'][number]>) {
  return { name: 'all 1', exit: null, log: [], rssMib: null, ...facts }
}

test('what the faults excuse is no violation', () => {
  const observation = wellBehaved()
  observation.ledger.push(receipt({ id: e2 }))
  Object.assign(observation.allowed, { duplicatesMax: 1, unrecordedMax: 1 })
  expect(findViolations(observation)).toEqual([])
})

test('I9: healthy receivers that wait are reported, and those that receive nothing', () => {
  const madeAtMs = 0x019a9d2e5c00
  expect(healthyAreServed([receipt({ atMs: madeAtMs + 100 })], 2000)).toEqual([])
  const [late] = healthyAreServed([receipt({ atMs: madeAtMs + 9000 })], 2000)
  expect(late).toBe('I9: p99 is 9000 ms, at most 2000 may be')
  expect(healthyAreServed([], 2000)).toHaveLength(1)
})

test('I9: a herd over a receiver that came back is reported', () => {
  const ramp = { start: 1, perSuccess: 1 }
  const underWay = (...counts: number[]) => counts.map((count) => receipt({ underWay: count }))
  expect(rampIsRespected(underWay(1, 2, 3, 3), ramp)).toEqual([])
  expect(rampIsRespected(underWay(1, 2, 40), ramp)).toHaveLength(1)
})

test('I10: an event that overtakes another of its entity is reported; one of another entity may', () => {
  const receipts = [receipt({ id: e2 }), receipt({ id: e1 }), receipt({ id: e2 })]
  expect(orderIsKept(receipts, () => 'the same')).toHaveLength(1)
  expect(orderIsKept(receipts, (id) => id)).toEqual([])
})

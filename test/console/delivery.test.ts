import type { Attempt, DeliveryDetail } from '@posthorn/sdk'
import { describe, expect, test } from 'vitest'
import { changesOf } from '../../admin-ui/src/delivery/changes.ts'
import { explainAttempt } from '../../admin-ui/src/delivery/explain-attempt.ts'
import { phasesOf, reusedConnection } from '../../admin-ui/src/delivery/phases.ts'
import { readBody } from '../../admin-ui/src/delivery/read-body.ts'
import { timelineOf } from '../../admin-ui/src/delivery/timeline.ts'
import { explanations } from '../../admin-ui/src/messages/explanations.ts'
import { describeClock } from '../../admin-ui/src/time/describe-clock.ts'
import { describeBytes } from '../../admin-ui/src/ui/describe-bytes.ts'

const response = {
  statusCode: 500,
  headers: { 'content-type': 'text/plain' },
  body: 'no',
  bodyEncoding: 'utf8',
  truncated: false,
} as const

const attempt: Attempt = {
  number: 1,
  trigger: 'event',
  startedAt: '2026-01-01T00:00:01.000Z',
  durationMs: 100,
  connectMs: null,
  firstByteMs: 80,
  outcome: 'http_status',
  error: 'answered 500',
  request: { url: 'https://example.com:8443/in', headers: {} },
  response,
}

describe('an attempt is explained', () => {
  const explain = (change: Partial<Attempt>) =>
    explainAttempt({ ...attempt, ...change }, explanations)
  const status = (statusCode: number) =>
    explain({ outcome: 'http_status', response: { ...response, statusCode } })

  test('by the class of its status', () => {
    expect(status(500).next).toBe(explanations.receiverFailed.next)
    expect(status(503).next).toBe(explanations.unavailable.next)
    expect(status(401).next).toBe(explanations.unauthorised.next)
    expect(status(404).next).toBe(explanations.notFound.next)
    expect(status(422).next).toBe(explanations.refused.next)
    expect(status(429).next).toBe(explanations.tooMany.next)
    expect(status(999).next).toBe(explanations.receiverFailed.next)
  })

  test('with the host that was called', () => {
    expect(status(500).what).toBe('example.com:8443 failed with 500.')
  })

  test.each(['dns', 'tls', 'connect', 'reset', 'blocked_address', 'gone', 'redirect'] as const)(
    'by its outcome: %s',
    (outcome) => expect(explain({ outcome }).next).toBe(explanations[outcome].next),
  )

  test('by which limit ran out', () => {
    const timeout = { outcome: 'timeout', response: null, firstByteMs: null }
    expect(explain({ ...timeout, error: 'no connection in time' }).next).toBe(
      explanations.noConnection.next,
    )
    expect(explain({ ...timeout, error: 'no answer within 18000 ms' }).next).toBe(
      explanations.noAnswer.next,
    )
    expect(explain({ ...timeout, connectMs: 3 }).next).toBe(explanations.noAnswer.next)
    expect(explain({ ...timeout, firstByteMs: 9 }).next).toBe(explanations.endless.next)
  })

  test('also when its outcome is a new one', () => {
    expect(explain({ outcome: 'toString' }).next).toBe(explanations.unknown.next)
  })
})

test('phases add up to the duration, and leave out what was not reached', () => {
  expect(phasesOf({ ...attempt, connectMs: 30 })).toEqual([
    { kind: 'connect', ms: 30 },
    { kind: 'wait', ms: 50 },
    { kind: 'answer', ms: 20 },
  ])
  expect(phasesOf({ ...attempt, connectMs: 30, firstByteMs: null })).toEqual([
    { kind: 'connect', ms: 30 },
    { kind: 'failed', ms: 70 },
  ])
})

test('a connection was reused when there was an answer without connecting', () => {
  expect(reusedConnection(attempt)).toBe(true)
  expect(reusedConnection({ ...attempt, connectMs: 3 })).toBe(false)
  expect(reusedConnection({ ...attempt, firstByteMs: null })).toBe(false)
})

test('the timeline has waits between what happened, and what is planned', () => {
  const delivery = {
    createdAt: '2026-01-01T00:00:00.000Z',
    plannedAttempts: [
      { number: 2, at: '2026-01-01T00:00:06.100Z' },
      { number: 3, at: '2026-01-01T00:05:06.100Z' },
    ],
  } as DeliveryDetail
  expect(timelineOf(delivery, [attempt])).toEqual([
    { kind: 'received', at: delivery.createdAt },
    { kind: 'attempt', at: attempt.startedAt, waitMs: 1000, attempt },
    { kind: 'next', number: 2, at: '2026-01-01T00:00:06.100Z' },
    { kind: 'later', number: 3, at: '2026-01-01T00:05:06.100Z', waitMs: 300_000 },
  ])
})

test('two answers are told apart by what tells something', () => {
  const dated = { ...response, headers: { ...response.headers, date: 'now' } }
  expect(changesOf(dated, response)).toEqual([])
  expect(changesOf({ ...response, body: 'yes' }, response)).toEqual(['body'])
  expect(changesOf({ ...response, statusCode: 503, headers: {} }, response)).toEqual([
    'status',
    'headers',
  ])
})

test('a body is read by what it is, and its size is that of its bytes', () => {
  expect(readBody('[1]', 'utf8')).toEqual({ text: '[1]', pretty: '[\n  1\n]', bytes: 3 })
  expect(readBody('żółć', 'utf8')).toEqual({ text: 'żółć', pretty: undefined, bytes: 8 })
  expect(readBody('/wA=', 'base64')).toMatchObject({ pretty: undefined, bytes: 2 })
})

test('a time of today has seconds, one of this week a day, another a date', () => {
  const nowMs = Date.parse('2026-11-23T12:00:00Z')
  expect(describeClock('2026-11-23T14:20:03Z', true, nowMs)).toBe('14:20:03 UTC')
  expect(describeClock('2026-11-24T14:20:03Z', true, nowMs)).toBe('Tue 14:20 UTC')
  expect(describeClock('2026-12-24T14:20:03Z', true, nowMs)).toBe('2026-12-24 14:20 UTC')
})

test('sizes are as exact as it matters', () => {
  expect([0, 999, 2100, 5_100_000].map(describeBytes)).toEqual(['0 B', '999 B', '2.1 kB', '5.1 MB'])
})

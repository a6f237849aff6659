import type { ReplayDetail } from '@posthorn/sdk'
import { describe, expect, test } from 'vitest'
import {
  paceOf,
  percentDone,
  percentQueued,
  quarterOf,
  totalOf,
} from '../../admin-ui/src/replays/progress.ts'

const replay: ReplayDetail = {
  id: '019a9d2e-5c00-7000-8000-000000000001',
  organisationId: null,
  mode: 'failed',
  filter: {},
  selected: null,
  ratePerSecond: 20,
  status: 'running',
  queued: 50,
  skipped: { succeeded: 0, failed: 0, pending: 0, paused: 0, inactive: 0, beyondRetention: 0 },
  estimate: { willSend: 200, complete: true },
  clampedSince: null,
  error: null,
  createdBy: null,
  createdAt: '2026-05-02T12:00:00.000Z',
  finishedAt: null,
  pending: 10,
  succeeded: 30,
  failed: 10,
  complete: true,
}

describe('the progress of a replay', () => {
  test('is what has ended, of what was counted before', () => {
    expect(percentDone(replay)).toBe(20)
    expect(percentQueued(replay)).toBe(25)
  })

  test('is not known when not all were counted', () => {
    const vague = { ...replay, estimate: { willSend: 200, complete: false } }
    expect(totalOf(vague)).toBeUndefined()
    expect(percentDone(vague)).toBeUndefined()
  })

  test('never passes 100, also when more came than were counted', () => {
    const more = { ...replay, queued: 300, succeeded: 300, failed: 0, pending: 0 }
    expect(percentDone(more)).toBe(100)
  })

  test('is done when completed, although retries go on', () => {
    expect(percentDone({ ...replay, status: 'completed' })).toBe(100)
  })

  test('is read aloud by quarters', () => {
    expect([0, 24, 25, 99, 100].map(quarterOf)).toEqual([0, 0, 25, 75, 100])
  })
})

describe('the pace of a replay', () => {
  test('tells speed and time left from two looks', () => {
    expect(paceOf(replay, { queued: 0, atMs: 0 }, 5000)).toEqual({
      queuedPerSecond: 10,
      leftMs: 15_000,
    })
  })

  test('is not known from one look, nor when nothing runs', () => {
    const unknown = { queuedPerSecond: undefined, leftMs: undefined }
    expect(paceOf(replay, undefined, 5000)).toEqual(unknown)
    expect(paceOf({ ...replay, status: 'paused' }, { queued: 0, atMs: 0 }, 5000)).toEqual(unknown)
  })

  test('promises no end while nothing moves', () => {
    expect(paceOf(replay, { queued: 50, atMs: 0 }, 5000)).toEqual({
      queuedPerSecond: 0,
      leftMs: undefined,
    })
  })
})

import { describe, expect, test } from 'vitest'
import { pointsOf, previousRange, resolveRange } from '../../server/stats/range.ts'

const nowMs = Date.parse('2026-03-10T12:34:56.789Z')
const facts = { nowMs, deliveriesDays: 30 }
const iso = (ms: number) => new Date(ms).toISOString()
const refused = (query: Parameters<typeof resolveRange>[0]) => {
  try {
    return resolveRange(query, facts)
  } catch (error) {
    return (error as { issues: { field: string }[] }).issues[0]?.field
  }
}

describe('the range of a chart', () => {
  test('is the last day by the hour when nothing is said, in whole hours', () => {
    const range = resolveRange({}, facts)
    expect([range.interval, iso(range.sinceMs), iso(range.untilMs)]).toEqual([
      'hour',
      '2026-03-09T12:00:00.000Z',
      '2026-03-10T13:00:00.000Z',
    ])
    expect(pointsOf(range)).toHaveLength(25)
  })

  test.each([
    ['2026-03-10T08:00:00Z', 'minute'],
    ['2026-03-09T08:00:00Z', 'hour'],
    ['2026-03-04T08:00:00Z', 'hour'],
    ['2026-02-10T08:00:00Z', 'day'],
    ['2021-02-10T08:00:00Z', 'day'],
  ])('since %s is by the %s', (since, interval) => {
    expect(resolveRange({ since }, facts).interval).toBe(interval)
  })

  test('that is short but older than the minutes kept is by the hour', () => {
    const range = resolveRange(
      { since: '2026-03-01T08:00:00Z', until: '2026-03-01T09:00:00Z' },
      facts,
    )
    expect(range.interval).toBe('hour')
  })

  test('takes any offset and counts in UTC', () => {
    const range = resolveRange(
      { since: '2026-03-05T23:30:00-05:00', until: '2026-03-08T00:00:00Z', interval: 'day' },
      facts,
    )
    expect([iso(range.sinceMs), iso(range.untilMs)]).toEqual([
      '2026-03-06T00:00:00.000Z',
      '2026-03-08T00:00:00.000Z',
    ])
  })

  test('is refused when it is empty, has too many points, or asks for minutes that are gone', () => {
    expect(refused({ since: '2026-03-10T12:00:00Z', until: '2026-03-10T12:00:00Z' })).toBe('until')
    expect(refused({ since: '2026-03-09T00:00:00Z', interval: 'minute' })).toBe('interval')
    expect(refused({ since: '2025-01-01T00:00:00Z', interval: 'hour' })).toBe('interval')
    expect(
      refused({ since: '2026-03-01T00:00:00Z', until: '2026-03-01T01:00:00Z', interval: 'minute' }),
    ).toBe('interval')
    expect(refused({ since: '2019-01-01T00:00:00Z' })).toBe('interval')
  })
})

describe('the range before', () => {
  test('is as long and ends where the other begins', () => {
    const range = resolveRange(
      { since: '2026-03-09T12:00:00Z', until: '2026-03-10T12:00:00Z' },
      facts,
    )
    const previous = previousRange(range, facts)
    expect(previous && [iso(previous.sinceMs), iso(previous.untilMs)]).toEqual([
      '2026-03-08T12:00:00.000Z',
      '2026-03-09T12:00:00.000Z',
    ])
  })

  test('is not compared with when part of it is no longer kept', () => {
    const hours = {
      since: '2026-02-10T12:00:00Z',
      until: '2026-02-20T12:00:00Z',
      interval: 'hour',
    } as const
    expect(previousRange(resolveRange(hours, facts), facts)).toBeUndefined()
    const minutes = { since: '2026-03-09T10:00:00Z', interval: 'minute' } as const
    expect(previousRange(resolveRange(minutes, facts), facts)).toBeUndefined()
  })
})

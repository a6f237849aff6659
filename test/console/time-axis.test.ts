import { expect, test } from 'vitest'
import { describeInterval, describeTick, toRange } from '../../admin-ui/src/charts/time-axis.ts'

const at = (time: string) => Date.parse(time)
const rowsOver = (since: string, until: string) =>
  [since, until].map((time) => ({ atMs: at(time), values: [] }))

test('a chart of a day names hours, one of a week the days as well, one of a month days alone', () => {
  const noon = at('2026-11-23T12:00:00Z')
  const day = rowsOver('2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z')
  const week = rowsOver('2026-11-17T00:00:00Z', '2026-11-24T00:00:00Z')
  expect(describeTick(noon, 'hour', day, true)).toBe('12:00')
  expect(describeTick(noon, 'hour', week, true)).toBe('Mon 12:00')
  expect(describeTick(at('2026-11-23T00:00:00Z'), 'day', week, true)).toBe('Nov 23')
})

test('an interval is told with its end, and with UTC where that is what is shown', () => {
  expect(describeInterval(at('2026-11-23T23:00:00Z'), 'hour', true)).toBe(
    'Nov 23, 23:00 – 00:00 UTC',
  )
  expect(describeInterval(at('2026-11-23T23:05:00Z'), 'minute', true)).toBe('Nov 23, 23:05 UTC')
})

test('days are those of UTC wherever one looks from, for so they are counted', () => {
  expect(describeInterval(at('2026-11-23T00:00:00Z'), 'day', false)).toBe('Mon, Nov 23 UTC')
})

test('a range drawn backwards is the same as one drawn forwards, and has both its ends', () => {
  const [one, other] = [at('2026-11-23T10:00:00Z'), at('2026-11-23T12:00:00Z')]
  const range = { since: '2026-11-23T10:00:00.000Z', until: '2026-11-23T13:00:00.000Z' }
  expect(toRange(one, other, 'hour')).toEqual(range)
  expect(toRange(other, one, 'hour')).toEqual(range)
})

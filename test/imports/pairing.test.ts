import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ImportedEvent } from '../../server/imports/judge-row.ts'
import { pairById, pairByTime, type Sides } from '../../server/imports/pair.ts'
import { newIdAt } from '../../server/kernel/ids.ts'

const startMs = Date.parse('2026-03-09T00:00:00Z')

function eventAt(timeMs: number, entityId: string): ImportedEvent {
  return {
    id: newIdAt(startMs + timeMs),
    createdAtMs: startMs + timeMs,
    createdAt: new Date(startMs + timeMs).toISOString(),
    entityType: 'Issue',
    entityId,
    eventType: 'IssueNoteAdded',
    organisationId: 'o',
    userId: null,
    correlationId: null,
    source: 'dashboard',
    data: '',
  }
}

const times = fc.array(fc.record({ ms: fc.nat(200), entity: fc.constantFrom('a', 'b') }), {
  maxLength: 12,
})

/** The most pairs that there can be, by trying everything in order. */
function mostPairs(rows: number[], events: number[], tolerance: number): number {
  const [row, ...others] = rows
  if (row === undefined) return 0
  const without = mostPairs(others, events, tolerance)
  return events.reduce((most, event, index) => {
    if (Math.abs(row - event) > tolerance) return most
    return Math.max(most, 1 + mostPairs(others, events.toSpliced(index, 1), tolerance))
  }, without)
}

test('by time, nothing is paired twice, nothing gets lost, and nothing could be paired better', () => {
  const few = fc.array(fc.nat(60), { maxLength: 5 })
  fc.assert(
    fc.property(few, few, fc.nat(30), (rowTimes, eventTimes, tolerance) => {
      const sides = {
        rows: rowTimes.map((ms) => ({ ...eventAt(ms, 'a'), key: [] })),
        events: eventTimes.map((ms) => eventAt(ms, 'a')),
      }
      const { pairs, rows, events } = pairByTime(sides, tolerance, Number.POSITIVE_INFINITY)
      expect(pairs.length).toBe(mostPairs(rowTimes, eventTimes, tolerance))
      const ids = [...pairs.map(({ row }) => row), ...rows].map(({ id }) => id)
      expect(new Set(ids)).toEqual(new Set(sides.rows.map(({ id }) => id)))
      expect(pairs.length + rows.length).toBe(rowTimes.length)
      expect(pairs.length + events.length).toBe(eventTimes.length)
    }),
  )
})

test('by time, windows find what the whole finds', () => {
  fc.assert(
    fc.property(
      times,
      times,
      fc.nat(30),
      fc.integer({ min: 1, max: 80 }),
      (a, b, tolerance, width) => {
        const all: Sides = {
          rows: a.map(({ ms, entity }) => ({ ...eventAt(ms, entity), key: [] })),
          events: b.map(({ ms, entity }) => eventAt(ms, entity)),
        }
        const whole = pairByTime(all, tolerance, Number.POSITIVE_INFINITY)
        const found: string[] = []
        let waiting: Sides = { rows: [], events: [] }
        for (let from = 0; from <= 200 + width; from += width) {
          const isInWindow = ({ createdAtMs }: ImportedEvent) =>
            createdAtMs >= startMs + from && createdAtMs < startMs + from + width
          const sides = {
            rows: [...waiting.rows, ...all.rows.filter(isInWindow)],
            events: [...waiting.events, ...all.events.filter(isInWindow)],
          }
          const pairing = pairByTime(sides, tolerance, startMs + from + width)
          found.push(...pairing.pairs.map(({ row, event }) => `${row.id} ${event.id}`))
          waiting = pairing.waiting
        }
        const last = pairByTime(waiting, tolerance, Number.POSITIVE_INFINITY)
        expect(last.pairs).toEqual([])
        expect(found.length).toBe(whole.pairs.length)
      },
    ),
  )
})

test('by id, only the same are paired', () => {
  const [one, other] = [eventAt(1, 'a'), eventAt(1, 'a')]
  const { pairs, rows, events } = pairById({ rows: [{ ...one, key: ['1'] }], events: [other, one] })
  expect([pairs.length, rows.length, events]).toEqual([1, 0, [other]])
})

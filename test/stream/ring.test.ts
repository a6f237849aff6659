import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AttemptRing, sizeOf } from '../../server/stream/ring.ts'
import type { StreamedAttempt } from '../../server/stream/schemas.ts'

const attempt = (number: number) =>
  ({ number, error: null, eventType: 'X', entityType: 'X' }) as StreamedAttempt
const everything = () => true

/** What a reader at a position sees: numbers of attempts, and gaps. */
function read(ring: AttemptRing, position: number, max = 1000) {
  const result = ring.read(position, max, everything)
  const seen = result.entries.map((entry) => (entry.kind === 'gap' ? 'gap' : entry.attempt.number))
  return { ...result, seen: result.lost ? ['lost', ...seen] : seen }
}

function filled(count: number, limits = { entriesMax: 5, bytesMax: 10_000 }) {
  const ring = new AttemptRing(limits)
  for (let number = 1; number <= count; number++) ring.push(attempt(number))
  return ring
}

test('a reader sees each attempt once and in order, or is told that it lost some', () => {
  const steps = fc.array(fc.oneof(fc.constant('push'), fc.integer({ min: 1, max: 4 })), {
    maxLength: 100,
  })
  fc.assert(
    fc.property(steps, (steps) => {
      const ring = filled(0)
      let pushed = 0
      let position = ring.end
      let last = 0
      for (const step of steps) {
        if (step === 'push') {
          ring.push(attempt(++pushed))
          continue
        }
        const { entries, position: next, lost } = ring.read(position, step as number, everything)
        for (const entry of entries) {
          const { number } = (entry as { attempt: StreamedAttempt }).attempt
          if (lost && entry === entries[0]) expect(number).toBeGreaterThan(last + 1)
          else expect(number).toBe(last + 1)
          last = number
        }
        position = next
      }
    }),
  )
})

test('an id leads back to where it stood, as long as nothing after it was dropped', () => {
  const ring = filled(3)
  const { entries } = read(ring, 0)
  expect(read(ring, ring.positionAfter(entries[0]?.id ?? '') ?? -1).seen).toEqual([2, 3])
  ring.push(attempt(4))
  ring.push(attempt(5))
  ring.push(attempt(6))
  // The first was dropped, but nothing that came after it.
  expect(ring.positionAfter(entries[0]?.id ?? '')).toBeDefined()
  ring.push(attempt(7))
  expect(ring.positionAfter(entries[0]?.id ?? '')).toBeUndefined()
  expect(ring.positionAfter('unknown')).toBeUndefined()
})

test('the place at the end has an id too, also when nothing ever came', () => {
  const empty = filled(0)
  expect(empty.positionAfter(empty.idBefore(empty.end))).toBe(0)
  const ring = filled(7)
  expect(ring.positionAfter(ring.idBefore(ring.end))).toBe(7)
})

test('it keeps no more bytes than it may, and always the newest', () => {
  const bytes = sizeOf(attempt(1))
  const ring = filled(9, { entriesMax: 100, bytesMax: bytes * 3 })
  expect(read(ring, 0).seen).toEqual(['lost', 7, 8, 9])
  expect(read(filled(2, { entriesMax: 100, bytesMax: 1 }), 0).seen).toEqual(['lost', 2])
})

test('a gap stands between what came before and after it, and gaps in a row are one', () => {
  const ring = filled(1)
  ring.pushGap('interrupted')
  ring.pushGap('interrupted')
  ring.push(attempt(2))
  expect(read(ring, 0).seen).toEqual([1, 'gap', 2])
  // A gap concerns everybody, whatever they filter.
  expect(ring.read(0, 10, () => false).entries).toHaveLength(1)
})

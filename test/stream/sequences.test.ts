import { expect, test } from 'vitest'
import { decodeNotification, encodeNotification } from '../../server/stream/notification.ts'
import { Sequences } from '../../server/stream/sequences.ts'

test('a number that was left out is a gap, one that comes again is not heard twice', () => {
  const sequences = new Sequences()
  const hear = (...numbers: number[]) => numbers.map((number) => sequences.hear('a', number, 0))
  expect(hear(7, 8, 8, 7, 10, 11)).toEqual([
    'after_gap',
    'next',
    'repeated',
    'repeated',
    'after_gap',
    'next',
  ])
  expect(sequences.hear('b', 1, 0)).toBe('after_gap')
  expect(sequences.hear('a', 12, 0)).toBe('next')
})

test('after our own connection was lost, the gap is told once and not by everybody', () => {
  const sequences = new Sequences()
  sequences.hear('a', 1, 0)
  sequences.reconnected(0)
  expect(sequences.hear('a', 9, 0)).toBe('next')
  expect(sequences.hear('a', 10, 0)).toBe('next')
})

test('who falls silent is a gap, who said goodbye is not', () => {
  const sequences = new Sequences()
  sequences.hear('a', 1, 0)
  sequences.hear('b', 1, 0)
  sequences.forget('b')
  expect(sequences.forgetSilent(5000)).toBe(false)
  expect(sequences.forgetSilent(10_000)).toBe(true)
  expect(sequences.forgetSilent(20_000)).toBe(false)
})

test('what strangers write to the channel is not taken for a notification', () => {
  for (const payload of ['', 'x', '{}', '{"from":"a","sequence":1,"attempts":[["x"]]}']) {
    expect(decodeNotification(payload)).toBeUndefined()
  }
  const one = { from: 'a', sequence: 1, attempts: [], bye: true }
  expect(decodeNotification(encodeNotification(one))).toEqual(one)
})

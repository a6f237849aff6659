import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WakeUps } from '../../server/dispatcher/wake-ups.ts'
import type { Clock } from '../../server/kernel/clock.ts'

/** A clock that stands still until it is told to go on. */
function handClock() {
  let nowMs = 0
  let timers: { atMs: number; callback: () => void }[] = []
  const clock: Clock = {
    now: () => nowMs,
    monotonicMs: () => nowMs,
    random: () => 0.5,
    after(ms, callback) {
      const timer = { atMs: nowMs + ms, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    sleep: async () => undefined,
  }
  return {
    clock,
    timers: () => timers.length,
    goTo(ms: number): void {
      for (;;) {
        const [first] = timers.filter((one) => one.atMs <= ms).sort((a, b) => a.atMs - b.atMs)
        if (!first) break
        nowMs = Math.max(nowMs, first.atMs)
        timers = timers.filter((one) => one !== first)
        first.callback()
      }
      nowMs = ms
    },
  }
}

test('each is woken once, at its latest time, in order, with one timer for all of them', () => {
  const settings = fc.array(
    fc.record({ id: fc.nat({ max: 9 }).map(String), atMs: fc.integer({ min: 1, max: 500 }) }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(settings, (settings) => {
      const hand = handClock()
      const woken: { id: string; atMs: number }[] = []
      const wakeUps = new WakeUps(hand.clock, (id) => woken.push({ id, atMs: hand.clock.now() }))
      const expected = new Map<string, number>()
      for (const { id, atMs } of settings) {
        wakeUps.set(id, atMs)
        expected.set(id, atMs)
        expect(hand.timers()).toBe(1)
      }
      hand.goTo(1000)
      const times = woken.map((one) => one.atMs)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(new Map(woken.map((one) => [one.id, one.atMs]))).toEqual(expected)
      expect(woken).toHaveLength(expected.size)
      expect(hand.timers()).toBe(0)
    }),
  )
})

test('nobody is woken after a stop', () => {
  const hand = handClock()
  const woken: string[] = []
  const wakeUps = new WakeUps(hand.clock, (id) => woken.push(id))
  wakeUps.set('a', 10)
  wakeUps.stop()
  hand.goTo(100)
  expect(woken).toEqual([])
})

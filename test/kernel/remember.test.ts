import { expect, test } from 'vitest'
import { systemClock } from '../../server/kernel/clock.ts'
import { remember } from '../../server/kernel/remember.ts'

let nowMs = 0
const clock = { ...systemClock, monotonicMs: () => nowMs }

test('an answer is shared while it is fresh, and asked for again after that', async () => {
  let asked = 0
  const read = remember(clock, 1000, async () => ++asked)
  expect(await Promise.all([read(), read()])).toEqual([1, 1])
  nowMs += 999
  expect(await read()).toBe(1)
  nowMs += 1
  expect(await read()).toBe(2)
})

test('what failed is not kept', async () => {
  let asked = 0
  const read = remember(clock, 1000, async () => {
    if (++asked === 1) throw new Error('away')
    return asked
  })
  await expect(read()).rejects.toThrow('away')
  expect(await read()).toBe(2)
})

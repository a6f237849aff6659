import { expect, test, vi } from 'vitest'
import { createVerifiedKeys } from '../../server/access/verified-keys.ts'
import { actorWith } from '../support/actor.ts'

const actor = actorWith()

test('a valid key is looked up once in two seconds, also by requests that come at once', async () => {
  const keys = createVerifiedKeys()
  const look = vi.fn(async () => actor)
  const found = await Promise.all([
    keys.find('a', 0, look),
    keys.find('a', 0, look),
    keys.find('a', 1999, look),
  ])
  expect(found).toEqual([actor, actor, actor])
  expect(look).toHaveBeenCalledTimes(1)
  await keys.find('a', 2000, look)
  expect(look).toHaveBeenCalledTimes(2)
})

test('a revocation in this process holds from the next request on, even while a look is under way', async () => {
  const keys = createVerifiedKeys()
  const before = keys.find('a', 0, async () => actor)
  keys.clear()
  expect(await keys.find('a', 0, async () => undefined)).toBeUndefined()
  expect(await before).toBe(actor)
  expect(await keys.find('a', 1, async () => undefined)).toBeUndefined()
})

test('a key that is not valid, or could not be looked up, is asked for again', async () => {
  const keys = createVerifiedKeys()
  expect(await keys.find('a', 0, async () => undefined)).toBeUndefined()
  await expect(keys.find('a', 0, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
  expect(await keys.find('a', 0, async () => actor)).toBe(actor)
})

test('guesses do not push valid keys out, and valid keys do not fill the memory', async () => {
  const keys = createVerifiedKeys()
  const look = vi.fn(async () => actor)
  await keys.find('a', 0, look)
  for (let guess = 0; guess < 5000; guess++)
    await keys.find(`guess ${guess}`, 0, async () => undefined)
  await keys.find('a', 1, look)
  expect(look).toHaveBeenCalledTimes(1)
  for (let key = 0; key < 1000; key++) await keys.find(`key ${key}`, 0, async () => actor)
  await keys.find('a', 2, look)
  expect(look).toHaveBeenCalledTimes(2)
})

test('the use of a key is noted once a minute', () => {
  const keys = createVerifiedKeys()
  expect([0, 1, 59_999, 60_000, 60_001].map((nowMs) => keys.isUseDue('k', nowMs))).toEqual([
    true,
    false,
    false,
    true,
    false,
  ])
  expect(keys.isUseDue('other', 1)).toBe(true)
})

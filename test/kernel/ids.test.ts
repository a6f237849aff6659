import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deliveryIdOf, isUuidV7, lowestIdAt, newId, timeOfId } from '../../server/kernel/ids.ts'

test('the id of a delivery is a UUIDv7 of its event’s millisecond, the same for the same pair', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.uuid(), (eventId, subscriptionId) => {
      const id = deliveryIdOf(eventId, subscriptionId)
      expect(isUuidV7(id)).toBe(true)
      expect(timeOfId(id)).toBe(timeOfId(eventId))
      expect(deliveryIdOf(eventId, subscriptionId)).toBe(id)
      expect(id > lowestIdAt(timeOfId(eventId))).toBe(true)
    }),
  )
})

test('no two pairs of an event and a subscription share an id', () => {
  const events = Array.from({ length: 300 }, newId)
  const subscriptions = Array.from({ length: 100 }, newId)
  const ids = new Set(
    events.flatMap((event) => subscriptions.map((one) => deliveryIdOf(event, one))),
  )
  expect(ids.size).toBe(events.length * subscriptions.length)
})

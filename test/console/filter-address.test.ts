import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  deliveryFilterSearch,
  deliveryStatuses,
  filterFields,
  outcomes,
  toDeliveryFilter,
  triggers,
} from '../../admin-ui/src/filter/delivery-filter.ts'
import { parseSearch, stringifySearch } from '../../admin-ui/src/filter/search-params.ts'
import { lastRanges } from '../../admin-ui/src/filter/time-range.ts'

const runs = { numRuns: 500 }

const listOf = <Item>(item: fc.Arbitrary<Item>) =>
  fc.uniqueArray(item, { minLength: 1, maxLength: 5 })
const wordOf = (characters: string) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 128 })
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-'
const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())

/** What each field of the filter may be. */
const fields: Record<string, fc.Arbitrary<unknown>> = {
  status: listOf(fc.constantFrom(...deliveryStatuses)),
  subscriptionId: listOf(fc.uuid()),
  eventType: listOf(wordOf(`${letters}*`)),
  entityType: listOf(wordOf(letters)),
  entityId: fc.uuid(),
  eventId: fc.uuid(),
  statusCode: listOf(fc.constantFrom('200', '204', '410', '503', '2xx', '3xx', '4xx', '5xx')),
  outcome: listOf(fc.constantFrom(...outcomes)),
  trigger: listOf(fc.constantFrom(...triggers)),
  minAttempts: fc.integer({ min: 0, max: 32_767 }),
  maxAttempts: fc.integer({ min: 0, max: 32_767 }),
  replayId: fc.uuid(),
  last: fc.constantFrom(...lastRanges),
  since: time,
  until: time,
}

const filters = fc.record(fields, { requiredKeys: [] })

const parse = (address: string) => deliveryFilterSearch.parse(parseSearch(address))

test('every field of the filter has values here', () => {
  expect(Object.keys(fields).sort()).toEqual([...filterFields].sort())
})

test('a filter comes out of the address as it went in', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      expect(parse(stringifySearch(filter))).toEqual(filter)
    }),
    runs,
  )
})

test('an address that is bent opens the page, and means the same when it is copied on', () => {
  const bent = fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, fc.oneof(value, fc.string())]),
    ),
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(bent, (search) => {
      const filter = parse(stringifySearch(search))
      expect(parse(stringifySearch(filter))).toEqual(filter)
    }),
    runs,
  )
})

test('what is asked of the API has times, and no range that only this page knows', () => {
  fc.assert(
    fc.property(filters, fc.nat(), (filter, nowMs) => {
      const asked = toDeliveryFilter(parse(stringifySearch(filter)), nowMs)
      expect(asked).not.toHaveProperty('last')
      for (const bound of [asked.since, asked.until]) {
        if (bound !== undefined) expect(Date.parse(bound)).not.toBeNaN()
      }
    }),
    runs,
  )
})

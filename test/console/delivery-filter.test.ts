import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deliveriesSearch } from '../../admin-ui/src/deliveries/search.ts'
import {
  type DeliveryFilterSearch,
  deliveryStatuses,
  outcomes,
  toDeliveryFilter,
  triggers,
} from '../../admin-ui/src/filter/delivery-filter.ts'
import {
  addValue,
  parseTyped,
  removeValue,
  toggleValue,
  valuesOf,
} from '../../admin-ui/src/filter/filter-value.ts'
import { lastRanges } from '../../admin-ui/src/filter/time-range.ts'

const some = <Item>(item: fc.Arbitrary<Item>) =>
  fc.uniqueArray(item, { minLength: 1, maxLength: 50 })
const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,128}$/)
const code = fc.stringMatching(/^[1-5](\d\d|xx)$/)
const time = fc
  .date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2100-01-01') })
  .map((date) => date.toISOString())
const attempts = fc.nat({ max: 32_767 })

const filters: fc.Arbitrary<DeliveryFilterSearch> = fc.record(
  {
    status: some(fc.constantFrom(...deliveryStatuses)),
    subscriptionId: some(fc.uuid()),
    eventType: some(fc.stringMatching(/^[A-Za-z0-9_.*-]{1,128}$/)),
    entityType: some(name),
    entityId: fc.uuid(),
    eventId: fc.uuid(),
    statusCode: some(code),
    outcome: some(fc.constantFrom(...outcomes)),
    trigger: some(fc.constantFrom(...triggers)),
    minAttempts: attempts,
    maxAttempts: attempts,
    replayId: fc.uuid(),
    last: fc.constantFrom(...lastRanges),
    since: time,
    until: time,
  },
  { requiredKeys: [] },
)

describe('a filter in the address', () => {
  test('leaves out what it cannot read, and says which', () => {
    expect(
      deliveriesSearch({ status: 'failed,odd', eventType: 'Issue*', minAttempts: 'x' }),
    ).toEqual({ eventType: ['Issue*'], ignored: 'status,minAttempts' })
    expect(deliveriesSearch({ status: 'failed', ignored: 'last' })).toEqual({
      status: ['failed'],
      ignored: 'last',
    })
  })

  test('is made of its chips, one by one', () => {
    fc.assert(
      fc.property(filters, ({ last: _, since: __, until: ___, ...filter }) => {
        const again = valuesOf(filter).reduce(
          (search, value) => addValue(search, value),
          {} as DeliveryFilterSearch,
        )
        expect(again).toEqual(filter)
        const none = valuesOf(filter).reduce((search, value) => removeValue(search, value), filter)
        expect(valuesOf(none)).toEqual([])
      }),
    )
  })
})

describe('a value', () => {
  test('is chosen and given up by the same click', () => {
    const failed = { field: 'status', value: 'failed' } as const
    const once = toggleValue({ status: ['pending'] } as DeliveryFilterSearch, failed)
    expect(once).toEqual({ status: ['pending', 'failed'] })
    expect(toggleValue(once, failed)).toEqual({ status: ['pending'] })
  })

  test('that is not valid changes nothing', () => {
    const search: DeliveryFilterSearch = { status: ['failed'] }
    expect(addValue(search, { field: 'status', value: 'odd' })).toBe(search)
    expect(addValue(search, { field: 'entityId', value: '42' })).toBe(search)
  })

  test('is understood as it is typed, whatever the case of its field', () => {
    expect(parseTyped('STATUSCODE: 5xx')).toEqual({ field: 'statusCode', value: '5xx' })
    expect(parseTyped('minAttempts:3')).toEqual({ field: 'minAttempts', value: '3' })
    for (const text of ['status:', 'status:odd', 'odd:failed', 'failed']) {
      expect(parseTyped(text)).toBeUndefined()
    }
  })
})

test('one thing is searched at any time, everything in the last day, unless a time is said', () => {
  const nowMs = Date.parse('2026-05-02T12:00:00Z')
  expect(toDeliveryFilter({}, nowMs)).toEqual({ since: '2026-05-01T12:00:00.000Z' })
  const entityId = '0197a3c2-7d41-7c55-9b1e-5d2f8a6c4e10'
  expect(toDeliveryFilter({ entityId }, nowMs)).toEqual({ entityId })
  expect(toDeliveryFilter({ entityId, last: '1h' }, nowMs)).toEqual({
    entityId,
    since: '2026-05-02T11:00:00.000Z',
  })
})

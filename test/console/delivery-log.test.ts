import { describe, expect, test } from 'vitest'
import { isIncomplete } from '../../admin-ui/src/deliveries/is-incomplete.ts'
import { filterOf, isUnfiltered } from '../../admin-ui/src/deliveries/log-search.ts'
import { selectorOf } from '../../admin-ui/src/deliveries/selector-of.ts'
import {
  builtInViews,
  fromAddress,
  isView,
  toAddress,
} from '../../admin-ui/src/deliveries/views.ts'

describe('a view', () => {
  test('is an address and comes back from it', () => {
    for (const view of Object.values(builtInViews)) {
      expect(fromAddress(toAddress(view))).toEqual(view)
    }
  })

  test('is the one that is shown whatever the time', () => {
    expect(isView(builtInViews.failed, { status: ['failed'], last: '7d' })).toBe(true)
    expect(isView(builtInViews.failed, { status: ['failed'], entityType: ['Issue'] })).toBe(false)
    expect(isView(builtInViews.all, { status: ['failed'] })).toBe(false)
  })
})

test('an export that was cut short is told from one that was not, in either format', () => {
  expect(isIncomplete('{"id":"1"}\n{"incomplete":{"code":"export_rows_max"}}\n')).toBe(true)
  expect(isIncomplete('id,status\r\n#incomplete,database_unavailable,abc\r\n')).toBe(true)
  expect(isIncomplete('{"id":"1"}\n{"id":"2"}\n')).toBe(false)
  expect(isIncomplete('id,status\r\n')).toBe(false)
})

test('all that match are those that match now, not those that come while one decides', () => {
  const nowMs = Date.parse('2026-05-02T12:00:00Z')
  expect(selectorOf({ kind: 'all' }, { status: ['failed'] }, nowMs)).toEqual({
    filter: {
      status: ['failed'],
      since: '2026-05-01T12:00:00.000Z',
      until: '2026-05-02T12:00:00.000Z',
    },
  })
  const until = '2026-05-01T00:00:00.000Z'
  expect(selectorOf({ kind: 'all' }, { until }, nowMs)).toEqual({ filter: { until } })
  expect(selectorOf({ kind: 'keys', keys: new Set(['a', 'b']) }, {}, nowMs)).toEqual({
    deliveryIds: ['a', 'b'],
  })
})

test('what the address says besides the filter neither narrows nor counts as a filter', () => {
  const id = '0197a3c2-7d41-7c55-9b1e-5d2f8a6c4e10'
  const search = { d: id, ignored: 'last', organisationId: id }
  expect(isUnfiltered(search)).toBe(true)
  expect(isUnfiltered({ ...search, last: '7d' })).toBe(false)
  expect(filterOf({ ...search, last: '7d' }, { subscriptionId: [id] })).toEqual({
    last: '7d',
    subscriptionId: [id],
  })
})

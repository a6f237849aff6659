import { expect, test } from 'vitest'
import { type FailureRow, groupFailures } from '../../server/deliveries/group-failures.ts'
import { newId } from '../../server/kernel/ids.ts'

const subscriptionId = newId()

function row(changes: Partial<FailureRow> = {}): FailureRow {
  return {
    subscriptionId,
    outcome: 'timeout',
    statusCode: null,
    error: 'no answer within 20000 ms',
    status: 'failed',
    eventType: 'IssueCreated',
    count: 1,
    newest: newId(),
    oldest: newId(),
    ...changes,
  }
}

const idsOf = (...rows: FailureRow[]) => groupFailures(rows, 'count').map(({ id }) => id)

test('a group keeps its id while its deliveries, and the details of its error, change', () => {
  const [id] = idsOf(row())
  expect(id).toMatch(/^[\w-]{16}$/)
  expect(idsOf(row({ count: 7, status: 'pending', error: 'no answer within 5000 ms' }))).toEqual([
    id,
  ])
})

test('what fails in another way, or at another subscription, is a group with another id', () => {
  const ids = idsOf(
    row(),
    row({ error: 'no connection in time' }),
    row({ outcome: 'http_status', statusCode: 503 }),
    row({ outcome: 'http_status', statusCode: 500 }),
    row({ subscriptionId: newId() }),
  )
  expect(new Set(ids).size).toBe(5)
})

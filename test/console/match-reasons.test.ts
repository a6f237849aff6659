import { expect, test } from 'vitest'
import { explainReason } from '../../admin-ui/src/events/explain-reason.ts'
import { en } from '../../admin-ui/src/messages/en.ts'

const missed = { passed: false, message: 'as the server says it' }
const explain = (reason: Parameters<typeof explainReason>[0]) => explainReason(reason, en.events)

test('a subscription for other types says which, and which this is', () => {
  const reason = {
    ...missed,
    criterion: 'eventType' as const,
    expected: ['Lease*'],
    actual: 'IssueCreated',
  }
  expect(explain(reason)).toBe('it asks for the event types Lease*, and this is IssueCreated')
})

test('a condition of the filter names place, comparison and what was found', () => {
  const reason = {
    ...missed,
    criterion: 'filter' as const,
    path: 'total',
    expected: { greaterOrEqual: 100 },
    actual: 80,
  }
  expect(explain(reason)).toBe('data.total should be at least 100, and is 80')
})

test('a condition under a not is turned round, and what is not there is nothing', () => {
  const reason = {
    ...missed,
    criterion: 'filter' as const,
    path: ['a.b', 'c'],
    expected: { 'not equals': 'x' },
    actual: null,
  }
  expect(explain(reason)).toBe('data.a.b.c should not be x, and is nothing')
})

test('a long list is cut', () => {
  const reason = {
    ...missed,
    criterion: 'entityType' as const,
    expected: ['A', 'B', 'C', 'D', 'E'],
    actual: 'F',
  }
  expect(explain(reason)).toContain('A, B, C and 2 others')
})

test('what only the server can explain is said in its words', () => {
  const reason = { ...missed, criterion: 'filter' as const, expected: null, actual: null }
  expect(explain(reason)).toBe('as the server says it')
})

import type { EventType } from '@posthorn/sdk'
import { expect, test } from 'vitest'
import {
  coveringPattern,
  groupByEntityType,
  isHeard,
  matchesPattern,
  withPattern,
  withTypes,
} from '../../admin-ui/src/subscriptions/event-patterns.ts'

function type(entityType: string, name: string): EventType {
  return {
    name,
    entityType,
    description: '',
    schema: null,
    example: null,
    version: 1,
    validation: 'off',
    deprecated: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  }
}

test('a star stands for any run of characters, and everything else for itself', () => {
  expect(matchesPattern('Issue*', 'IssueCreated')).toBe(true)
  expect(matchesPattern('Issue*', 'Issue')).toBe(true)
  expect(matchesPattern('*Created', 'IssueCreated')).toBe(true)
  expect(matchesPattern('I*e*d', 'IssueCreated')).toBe(true)
  expect(matchesPattern('Issue*', 'TheIssueCreated')).toBe(false)
  expect(matchesPattern('issue.created', 'issue-created')).toBe(false)
})

test('null asks for every type, and a list for what it names or covers', () => {
  expect(isHeard(null, 'IssueCreated')).toBe(true)
  expect(isHeard(['Issue*'], 'IssueCreated')).toBe(true)
  expect(isHeard(['IssueDeleted'], 'IssueCreated')).toBe(false)
})

test('a group offers a pattern only if it covers all of the group and nothing else', () => {
  const groups = groupByEntityType([
    type('Issue', 'IssueCreated'),
    type('Issue', 'IssueDeleted'),
    type('Lease', 'ContractSigned'),
    type('Unit', 'UnitCreated'),
    type('UnitGroup', 'UnitGroupCreated'),
  ])
  expect(groups.map(({ entityType, pattern }) => [entityType, pattern])).toEqual([
    ['Issue', 'Issue*'],
    ['Lease', undefined],
    ['Unit', undefined],
    ['UnitGroup', 'UnitGroup*'],
  ])
})

test('a pattern takes the place of the names that it covers', () => {
  const chosen = withPattern(['IssueCreated', 'UnitCreated', '*Deleted'], 'Issue*')
  expect(chosen).toEqual(['UnitCreated', '*Deleted', 'Issue*'])
  expect(coveringPattern(chosen, 'IssueCreated')).toBe('Issue*')
  expect(coveringPattern(chosen, 'UnitCreated')).toBeUndefined()
})

test('choosing types adds no name that a pattern covers, and leaving them out keeps the others', () => {
  expect(withTypes(['Issue*'], ['IssueCreated', 'UnitCreated'], true)).toEqual([
    'Issue*',
    'UnitCreated',
  ])
  expect(withTypes(['Issue*', 'UnitCreated'], ['UnitCreated'], false)).toEqual(['Issue*'])
})

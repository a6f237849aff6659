import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compileNamePatterns,
  eventTypePatternSchema,
} from '../../server/subscriptions/match-event-type.ts'

const matches = (pattern: string, name: string) => compileNamePatterns([pattern])(name)

test.each<[pattern: string, name: string, expected: boolean]>([
  ['IssueCreated', 'IssueCreated', true],
  ['IssueCreated', 'IssueCreated2', false],
  ['IssueCreated', 'issuecreated', false],
  ['*', 'Anything', true],
  ['**', 'Anything', true],
  ['Issue*', 'IssueCreated', true],
  ['Issue*', 'Issue', true],
  ['Issue*', 'MyIssue', false],
  ['*Created', 'IssueCreated', true],
  ['*Created', 'IssueCreatedTwice', false],
  ['*sue*', 'IssueCreated', true],
  ['I*e*d', 'IssueCreated', true],
  ['I*d*e', 'IssueCreated', false],
  ['aba*aba', 'aba', false],
  ['aba*aba', 'ababa', false],
  ['aba*aba', 'abaaba', true],
  ['a*a', 'a', false],
  ['a*b*b', 'ab', false],
  ['a*bc*c', 'abc', false],
  ['a*bc*c', 'abcc', true],
  ['a.c', 'abc', false],
  ['a.*', 'abc', false],
  ['lease.*', 'lease.signed.twice', true],
])('%s against %s: %s', (pattern, name, expected) => {
  expect(matches(pattern, name)).toBe(expected)
})

test('null covers everything, an empty list nothing, several what any of them covers', () => {
  expect(compileNamePatterns(null)('X')).toBe(true)
  expect(compileNamePatterns([])('X')).toBe(false)
  const either = compileNamePatterns(['Issue*', 'PropertyAdded'])
  expect(['IssueCreated', 'PropertyAdded', 'PropertyRemoved'].map(either)).toEqual([
    true,
    true,
    false,
  ])
})

test('agrees with a model that tries every way', () => {
  const model = (pattern: string, name: string): boolean => {
    if (pattern === '') return name === ''
    if (pattern[0] !== '*') return pattern[0] === name[0] && model(pattern.slice(1), name.slice(1))
    return model(pattern.slice(1), name) || (name !== '' && model(pattern, name.slice(1)))
  }
  const text = (characters: string) =>
    fc.string({ unit: fc.constantFrom(...characters), maxLength: 9 })
  fc.assert(
    fc.property(text('aab*'), text('aab'), (pattern, name) => {
      // The empty name never occurs; the model needs one character to compare.
      fc.pre(name !== '')
      expect(matches(pattern, name)).toBe(model(pattern, name))
    }),
    { numRuns: 5000 },
  )
})

test('a pattern made to backtrack costs no more than any other', () => {
  const pattern = `${'*a'.repeat(63)}*b`
  const covers = compileNamePatterns(Array.from({ length: 100 }, () => pattern))
  const name = 'a'.repeat(100_000)
  const startedAt = performance.now()
  expect(covers(name)).toBe(false)
  expect(covers(`${name}c`)).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(1000)
})

test.each(['IssueCreated', '*', 'lease.*', 'A_b-c.9*', 'x'.repeat(128)])(
  '%s is a pattern',
  (text) => {
    expect(eventTypePatternSchema.safeParse(text).success).toBe(true)
  },
)

test.each(['', 'a b', 'a?', '[a]', 'é', 'a\n', 'x'.repeat(129), null, 5])(
  '%j is no pattern, and the message says what is one',
  (value) => {
    const result = eventTypePatternSchema.safeParse(value)
    expect(result.success).toBe(false)
    if (typeof value === 'string') expect(result.error?.issues[0]?.message).toContain('letters')
  },
)

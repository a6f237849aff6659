import { describe, expect, test } from 'vitest'
import { prefixPatterns } from '../../admin-ui/src/filter/prefix-patterns.ts'
import { type Suggestion, suggest } from '../../admin-ui/src/filter/suggest.ts'

const choices = {
  eventType: [
    { value: 'IssueCreated', label: 'IssueCreated', count: 7 },
    { value: 'TenantMoved', label: 'TenantMoved' },
  ],
  subscriptionId: [{ value: '0197a3c2-7d41-7c55-9b1e-5d2f8a6c4e10', label: 'Tenant portal' }],
}

const texts = (suggestions: Suggestion[]) =>
  suggestions.map((one) => (one.kind === 'field' ? one.field : `${one.field}:${one.value}`))

describe('what is suggested', () => {
  test('to nothing typed are the fields', () => {
    expect(texts(suggest('', choices))).toContain('status')
    expect(suggest('', choices).every(({ kind }) => kind === 'field')).toBe(true)
  })

  test('to a field are its values, known beforehand or seen', () => {
    expect(texts(suggest('trigger:', choices))).toEqual([
      'trigger:event',
      'trigger:test',
      'trigger:replay',
    ])
    expect(texts(suggest('eventtype:moved', choices))).toContain('eventType:TenantMoved')
  })

  test('to a word are values of every field, by name, too', () => {
    const found = texts(suggest('tenant', choices))
    expect(found).toContain('eventType:TenantMoved')
    expect(found).toContain(`subscriptionId:${choices.subscriptionId[0]?.value}`)
  })

  test('is what was typed itself, where it is a value', () => {
    expect(texts(suggest('eventType:Issue*', choices))[0]).toBe('eventType:Issue*')
    expect(texts(suggest('503', choices))[0]).toBe('statusCode:503')
    const id = '0197a3c2-7d41-7c55-9b1e-5d2f8a6c4e11'
    expect(texts(suggest(id, choices))).toEqual(
      expect.arrayContaining([`entityId:${id}`, `eventId:${id}`]),
    )
  })
})

test('a pattern is offered for names that begin alike, with how many there are', () => {
  const names = ['IssueCreated', 'IssueDeleted', 'TenantMoved', 'github.push', 'github.star', 'x']
  expect(prefixPatterns(names)).toEqual([
    { pattern: 'github.*', names: 2 },
    { pattern: 'Issue*', names: 2 },
  ])
})

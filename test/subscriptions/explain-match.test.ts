import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSubscription } from '../../server/subscriptions/compile-subscription.ts'
import { explainMatch } from '../../server/subscriptions/explain-match.ts'
import type { MatchableEvent } from '../../server/subscriptions/matchable-event.ts'
import { newSecret } from '../../server/subscriptions/secret.ts'
import type { SubscriptionRow } from '../../server/subscriptions/store.ts'

const entityIds = [randomUUID(), randomUUID()]

function rowOf(more: Partial<SubscriptionRow>): SubscriptionRow {
  return {
    id: randomUUID(),
    organisationId: randomUUID(),
    url: 'https://example.com/',
    status: 'active',
    secret: newSecret(),
    signing: 'hmac',
    previousSecrets: [],
    entityTypes: null,
    eventTypes: null,
    entityIds: null,
    filter: null,
    headers: {},
    deletedAt: null,
    ...more,
  } as SubscriptionRow
}

const value = fc.oneof(
  fc.constantFrom('open', 'closed', 'openly'),
  fc.integer({ min: 0, max: 3 }),
  fc.constant(null),
)
const path = fc.constantFrom('from', 'to', 'cost', 'list.0', 'no.where')
const condition = fc.oneof(
  fc.record({ path, equals: value }),
  fc.record({ path, notEquals: value }),
  fc.record({ path, in: fc.array(value, { minLength: 1, maxLength: 3 }) }),
  fc.record({ path, greaterThan: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ path, exists: fc.boolean() }),
  fc.record({ path, startsWith: fc.constantFrom('op', 'x') }),
)
const { filter } = fc.letrec((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    condition,
    fc.record({ all: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
}))

const listOf = (...values: string[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }))
const row = fc
  .record({
    status: fc.constantFrom('active', 'active', 'paused', 'disabled'),
    deletedAt: fc.constantFrom(null, null, null, new Date(0)),
    entityTypes: listOf('Issue', 'Property', 'Subscription'),
    eventTypes: listOf('Issue*', 'IssueClosed', '*Deleted', 'Subscription*', '*'),
    entityIds: listOf(...entityIds),
    filter: fc.option(filter),
  })
  .map((settings) => rowOf(settings as Partial<SubscriptionRow>))
const event = fc
  .record({
    entityType: fc.constantFrom('Issue', 'Property'),
    eventType: fc.constantFrom(
      'IssueClosed',
      'IssueCreated',
      'PropertyDeleted',
      'SubscriptionDisabled',
      'DeliveryExhausted',
    ),
    entityId: fc.constantFrom(...entityIds),
    data: fc.record({
      from: value,
      to: value,
      cost: value,
      list: fc.array(value, { maxLength: 2 }),
    }),
  })
  .map(
    (facts): MatchableEvent => ({ ...facts, organisationId: randomUUID(), data: () => facts.data }),
  )

test('an explanation comes to the same as the match, and names what failed exactly when it did not match', () => {
  fc.assert(
    fc.property(row, event, (one, what) => {
      const compiled = compileSubscription(one)
      const hears = compiled.status === 'active' || compiled.status === 'paused'
      const { matched, reasons } = explainMatch(one, what)
      expect(matched).toBe(hears && compiled.matches(what))
      expect(reasons.some((reason) => !reason.passed)).toBe(!matched)
      for (const { message } of reasons) expect(message).not.toBe('')
    }),
    { numRuns: 500 },
  )
})

test('a condition that was not met is shown with its place and what was there', () => {
  const one = rowOf({
    eventTypes: ['IssueClosed'],
    filter: {
      all: [
        { path: 'cost', greaterThan: 100 },
        { path: 'to', equals: 'closed' },
      ],
    },
  })
  const what: MatchableEvent = {
    organisationId: randomUUID(),
    entityType: 'Issue',
    entityId: randomUUID(),
    eventType: 'IssueCreated',
    data: () => ({ cost: 80, to: 'closed' }),
  }
  expect(explainMatch(one, what).reasons).toEqual([
    {
      criterion: 'status',
      passed: true,
      expected: ['active', 'paused'],
      actual: 'active',
      message: 'the subscription is active',
    },
    {
      criterion: 'entityType',
      passed: true,
      expected: null,
      actual: 'Issue',
      message: 'any entityType will do',
    },
    {
      criterion: 'eventType',
      passed: false,
      expected: ['IssueClosed'],
      actual: 'IssueCreated',
      message: 'eventType IssueCreated is not among IssueClosed',
    },
    {
      criterion: 'entityId',
      passed: true,
      expected: null,
      actual: what.entityId,
      message: 'any entityId will do',
    },
    {
      criterion: 'filter',
      passed: false,
      expected: { greaterThan: 100 },
      actual: 80,
      path: 'cost',
      message: 'data.cost must be greaterThan 100, and is 80',
    },
  ])
})

test('a filter that somebody broke by hand matches nothing and takes nothing else with it', () => {
  for (const broken of [5, {}, { path: 'a' }, { all: 3 }, 'text']) {
    const { matched, reasons } = explainMatch(rowOf({ filter: broken }), {
      organisationId: randomUUID(),
      entityType: 'Issue',
      entityId: randomUUID(),
      eventType: 'IssueClosed',
      data: () => ({}),
    })
    expect(matched).toBe(false)
    expect(reasons.at(-1)?.message).toMatch(/cannot be read|data/)
  }
})

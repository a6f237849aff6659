import { describe, expect, test } from 'vitest'
import { planSearch, type SearchFacts } from '../../server/deliveries/plan-search.ts'

const organisationId = '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11'
const subscriptionId = ['019a9d2e-5c00-7000-8000-000000000001']
const eventId = '019a9d2e-5c00-7abc-8000-000000000002'

const plan = (filter: SearchFacts['filter'], more: Partial<SearchFacts> = {}) =>
  planSearch({ filter, eventsRetained: true, ...more })

describe('a search reads', () => {
  const cases: [
    string,
    SearchFacts['filter'],
    Partial<SearchFacts>,
    string | null,
    string | null,
  ][] = [
    ['the log for everything', {}, {}, 'log', 'log'],
    ['no ledger for what is pending', { status: ['pending'] }, {}, null, 'log'],
    ['no queue for what is finished', { status: ['failed'] }, {}, 'unsuccessful', null],
    ['both for both', { status: ['pending', 'failed'] }, {}, 'unsuccessful', 'log'],
    ['the log where successes can match', { statusCode: ['2xx', '5xx'] }, {}, 'log', 'log'],
    ['failures by their status code', { statusCode: ['3xx', '503'] }, {}, 'unsuccessful', 'log'],
    ['failures by their outcome', { outcome: ['timeout'] }, {}, 'unsuccessful', 'log'],
    ['the event before all else', { eventId, status: ['failed'] }, {}, 'log', null],
    ['a replay', { replayId: eventId, outcome: ['timeout'] }, {}, 'replay', 'replay'],
    ['a subscription', { subscriptionId }, {}, 'subscriptions', 'lanes'],
    [
      "the organisation's log for a subscription that others hear of, too",
      { subscriptionId, organisationId },
      {},
      'log',
      'lanes',
    ],
    [
      'the subscription when it is of the organisation',
      { subscriptionId, organisationId },
      { subscriptionsOf: organisationId },
      'subscriptions',
      'lanes',
    ],
    ['an entity', { entityId: eventId }, {}, 'entity', 'entity'],
    [
      'the log for an entity whose events are gone before its deliveries',
      { entityId: eventId, organisationId },
      { eventsRetained: false },
      'log',
      'log',
    ],
  ]
  test.each(cases)('%s', (_, filter, more, ledger, queue) => {
    expect(plan(filter, more)).toMatchObject({ ledger, queue })
  })

  test('of an event only its millisecond, and of a page only what is older', () => {
    expect(plan({ eventId })).toMatchObject({
      from: '019a9d2e-5c00-0000-0000-000000000000',
      below: '019a9d2e-5c01-0000-0000-000000000000',
    })
    expect(plan({ eventId }, { before: eventId }).below).toBe(eventId)
  })

  test('one organisation when all its subscriptions are of one', () => {
    expect(plan({ subscriptionId }, { subscriptionsOf: organisationId }).organisationId).toBe(
      organisationId,
    )
  })
})

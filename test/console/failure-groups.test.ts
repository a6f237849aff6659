import type { FailureGroup } from '@posthorn/sdk'
import { expect, test } from 'vitest'
import { replayOfGroup, searchOfGroup } from '../../admin-ui/src/failures/group-filter.ts'

const subscriptionId = '01990000-0000-7000-8000-000000000001'
const nowMs = Date.parse('2026-11-23T12:00:00.000Z')

function group(changes: Partial<FailureGroup>): FailureGroup {
  return { subscriptionId, outcome: 'http_status', statusCode: 503, ...changes } as FailureGroup
}

test('the log of a group has its subscription and its error, and what was filtered before', () => {
  expect(searchOfGroup(group({}), { eventType: ['Issue*'], last: '7d' })).toEqual({
    eventType: ['Issue*'],
    last: '7d',
    status: ['failed', 'pending'],
    subscriptionId: [subscriptionId],
    outcome: ['http_status'],
    statusCode: ['503'],
  })
})

test('an outcome that came after this console, or none, narrows nothing', () => {
  const search = searchOfGroup(group({ outcome: 'from_the_future', statusCode: null }), {})
  expect(search).toEqual({ status: ['failed', 'pending'], subscriptionId: [subscriptionId] })
})

test('a replay of a group takes what was given up in its time, and nothing that fails later', () => {
  expect(replayOfGroup(group({}), { last: '1h' }, nowMs)).toEqual({
    status: ['failed'],
    subscriptionId: [subscriptionId],
    outcome: ['http_status'],
    statusCode: ['503'],
    since: '2026-11-23T11:00:00.000Z',
    until: '2026-11-23T12:00:00.000Z',
  })
})

import type { Subscription } from '@posthorn/sdk'
import { expect, test } from 'vitest'
import { share } from '../../admin-ui/src/messages/share.ts'
import { atRisk } from '../../admin-ui/src/overview/at-risk.ts'
import { attentionOf } from '../../admin-ui/src/overview/attention.ts'
import { pointChange, relativeChange } from '../../admin-ui/src/overview/describe-change.ts'

const earlier = '2026-11-20T00:00:00.000Z'
const later = '2026-11-22T00:00:00.000Z'

function subscription(
  id: string,
  status: Subscription['status'],
  failingSince: string | null = null,
): Subscription {
  return { id, status, problem: null, health: { failingSince }, updatedAt: later } as Subscription
}

test('what cannot be sent comes first, then what Posthorn disabled, what fails longest, what is paused', () => {
  const items = attentionOf([
    subscription('well', 'active'),
    subscription('paused', 'paused', earlier),
    subscription('failing', 'active', later),
    subscription('failing longer', 'active', earlier),
    subscription('disabled', 'disabled'),
    { ...subscription('sealed', 'active'), problem: 'Its secret cannot be read.' },
  ])
  expect(items.map((item) => [item.kind, item.subscription.id])).toEqual([
    ['broken', 'sealed'],
    ['disabled', 'disabled'],
    ['failing', 'failing longer'],
    ['failing', 'failing'],
    ['paused', 'paused'],
  ])
})

function figures(subscriptionId: string, successRate: number | null, total: number) {
  return { subscriptionId, successRate, attempts: { total } } as Parameters<
    typeof atRisk
  >[0][number]
}

test('at risk are those of which too much fails, the worst and the busiest first', () => {
  const found = atRisk([
    figures('well', 0.99, 100),
    figures('idle', null, 0),
    figures('bad', 0.5, 10),
    figures('dead', 0, 3),
    figures('dead and busy', 0, 30),
  ])
  expect(found.map(({ subscriptionId }) => subscriptionId)).toEqual([
    'dead and busy',
    'dead',
    'bad',
  ])
})

test('a change says its direction, and nothing where there is nothing to compare with', () => {
  expect(relativeChange(104, 100)).toEqual({ direction: 'up', text: '+4%' })
  expect(relativeChange(50, 100)).toEqual({ direction: 'down', text: '−50%' })
  expect(relativeChange(100, 100)).toEqual({ direction: 'same', text: '±0' })
  expect(relativeChange(5000, 100)).toEqual({ direction: 'up', text: '×50' })
  expect(relativeChange(1, 0)).toBeUndefined()
  expect(relativeChange(1, undefined)).toBeUndefined()
  expect(pointChange(0.989, 0.992)).toEqual({ direction: 'down', text: '−0.3 pt' })
  expect(pointChange(null, 0.5)).toBeUndefined()
})

test('one failure of a million is not rounded away', () => {
  expect(share(1)).toBe('100%')
  expect(share(0.999999)).toBe('99.9%')
})

import { expect, test } from 'vitest'
import { changesOf } from '../../server/audit/changes.ts'

test('only what differs is told, deeply compared', () => {
  const before = { url: 'https://a.example/', eventTypes: ['A'], metadata: { x: '1' } }
  const after = { url: 'https://b.example/', eventTypes: ['A'], metadata: { x: '1' } }
  expect(changesOf(before, after)).toEqual({
    before: { url: 'https://a.example/' },
    after: { url: 'https://b.example/' },
  })
})

test('what is new or gone is told whole, and nothing of what stayed as it was', () => {
  expect(changesOf(undefined, { name: 'n8n' })).toEqual({ before: null, after: { name: 'n8n' } })
  expect(changesOf({ name: 'n8n' }, undefined)).toEqual({ before: { name: 'n8n' }, after: null })
  expect(changesOf({ name: 'n8n' }, { name: 'n8n' })).toEqual({ before: null, after: null })
})

test('that a secret or a secret header changed is told, what it was and is never', () => {
  const headers = (token: string) => ({ authorization: token, 'x-region': 'eu' })
  const told = changesOf(
    { secret: 'whsec_old', headers: headers('Bearer old') },
    { secret: 'whsec_new', headers: headers('Bearer new') },
  )
  const masked = {
    secret: '[secret]',
    headers: { authorization: '[secret]', 'x-region': 'eu' },
  }
  expect(told).toEqual({ before: masked, after: masked })
})

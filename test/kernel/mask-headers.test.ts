import { expect, test } from 'vitest'
import { headerMask, maskHeaders } from '../../server/kernel/mask-headers.ts'

test.each([
  'authorization',
  'X-Access-Token',
  'x-client-secret',
  'x-passphrase',
  'x-pwd',
  'X-API-Key',
  'x-signature',
  'x-cookie',
  'x-credential',
  'x-session-id',
  'x-bearer',
  'x-jwt',
])('what %s says is not shown', (name) => {
  expect(maskHeaders({ [name]: 'hunter2' })).toEqual({ [name]: headerMask })
})

test('headers that hold no credential are shown as they are', () => {
  const headers = { 'x-region': 'eu', accept: 'application/json', 'x-tenant': '42' }
  expect(maskHeaders(headers)).toEqual(headers)
})

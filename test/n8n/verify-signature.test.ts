import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { verifySignature } from '../../examples/n8n/nodes/src/verify-signature.ts'
import { newSecret } from '../../server/subscriptions/secret.ts'

const secret = newSecret()
const body = Buffer.from('{ "data": "gelöst 🛠️" }')
const now = new Date('2026-03-01T12:00:00Z')

function headersOf(at = now, signedWith = secret): Record<string, string> {
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(at.getTime() / 1000),
    'webhook-signature': new Webhook(signedWith).sign('msg_1', at, body.toString()),
  }
}

const verify = (headers: Record<string, string | undefined>, bytes: Uint8Array = body) =>
  verifySignature(headers, bytes, secret, now.getTime())
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test('what was signed within five minutes is taken, by whichever of several signatures', () => {
  expect(verify(headersOf())).toBeNull()
  expect(verify(headersOf(at(-300)))).toBeNull()
  const [other, ours] = [headersOf(now, newSecret()), headersOf()]
  const both = `${other['webhook-signature']} ${ours['webhook-signature']}`
  expect(verify({ ...ours, 'webhook-signature': both })).toBeNull()
})

test('what was changed, is old or of the future, or is not signed is refused with the reason', () => {
  expect(verify(headersOf(), Buffer.from('{"data":"gelöst 🛠️"}'))).toBe('signature_mismatch')
  expect(verify(headersOf(now, newSecret()))).toBe('signature_mismatch')
  expect(verify({ ...headersOf(), 'webhook-id': 'msg_2' })).toBe('signature_mismatch')
  expect(verify({ ...headersOf(), 'webhook-signature': 'v1,c2hvcnQ= v2' })).toBe(
    'signature_mismatch',
  )
  expect(verify(headersOf(at(-301)))).toBe('timestamp_too_old')
  expect(verify(headersOf(at(301)))).toBe('timestamp_too_new')
  expect(verify({ ...headersOf(), 'webhook-timestamp': 'now' })).toBe('timestamp_invalid')
  for (const name of Object.keys(headersOf())) {
    expect(verify({ ...headersOf(), [name]: undefined })).toBe('headers_missing')
  }
})

test('nothing is taken before there is a secret, whatever it is signed with', () => {
  for (const none of ['', 'whsec_']) {
    expect(verifySignature(headersOf(), body, none, now.getTime())).toBe('secret_missing')
  }
})

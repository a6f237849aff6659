import { createSecretKey } from 'node:crypto'
import * as standardwebhooks from 'standardwebhooks'
import * as svix from 'svix'
import { expect, test } from 'vitest'
import { sign } from '../../server/deliveries/sign.ts'
import { newSecret, secretKey } from '../../server/subscriptions/secret.ts'

const body = Buffer.from('{"id":"1","data":{"text":"Größe ✓"}}')
const now = Math.floor(Date.now() / 1000)
const keyOf = (secret: string) => createSecretKey(secretKey(secret))
const headers = (signature: string) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(now),
  'webhook-signature': signature,
})

test('the published vector of Standard Webhooks comes out', () => {
  const keys = [keyOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')]
  const vector = sign(
    keys,
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1614265330,
    Buffer.from('{"test": 2432232314}'),
  )
  expect(vector).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test.each([
  ['svix', svix.Webhook],
  ['standardwebhooks', standardwebhooks.Webhook],
])(
  '%s verifies what is signed with a new secret, and nothing that was altered',
  (_name, Webhook) => {
    const secret = newSecret()
    const verifier = new Webhook(secret)
    const signature = sign([keyOf(secret)], 'msg_1', now, body)
    verifier.verify(body.toString(), headers(signature))
    expect(() => verifier.verify(`${body} `, headers(signature))).toThrow()
    expect(() => new Webhook(newSecret()).verify(body.toString(), headers(signature))).toThrow()
  },
)

test('during a rotation receivers with the old and with the new secret both verify', () => {
  const [old, fresh] = [newSecret(), newSecret()]
  const signature = sign([keyOf(fresh), keyOf(old)], 'msg_1', now, body)
  expect(signature.split(' ')).toHaveLength(2)
  for (const secret of [old, fresh]) {
    expect(() => new svix.Webhook(secret).verify(body.toString(), headers(signature))).not.toThrow()
  }
})

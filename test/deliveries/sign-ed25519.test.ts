import { createPrivateKey, createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { importJWK } from 'jose'
import * as svix from 'svix'
import { expect, test } from 'vitest'
import { sign } from '../../server/deliveries/sign.ts'
import {
  newKeyPair,
  privateKeyOf,
  publicKeyOf,
  toJwk,
} from '../../server/subscriptions/key-pair.ts'
import { newSecret, secretKey } from '../../server/subscriptions/secret.ts'

const keyOf = (pair: string) => privateKeyOf(pair) ?? expect.fail(`no key: ${pair}`)

/** By Web Crypto, with the key as jose reads it from what jwks.json shows. */
async function verifies(
  pair: string,
  signature: string,
  content: string | Buffer,
): Promise<boolean> {
  const key = await importJWK({ ...toJwk(publicKeyOf(pair) ?? '') })
  if (key instanceof Uint8Array) return expect.fail('a secret')
  const bytes = Buffer.from(signature.replace('v1a,', ''), 'base64')
  return crypto.subtle.verify('Ed25519', key, bytes, Buffer.from(content))
}

const message = ['msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330] as const
const payload = Buffer.from('{"test": 2432232314}')

test('the vector in the tests of Svix comes out', () => {
  const pair =
    'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='
  expect(sign([keyOf(pair)], ...message, payload)).toBe(
    'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
  )
  expect(publicKeyOf(pair)).toBe('whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=')
})

test('the vector in the tests of the Go library of Standard Webhooks comes out', () => {
  const seed = Buffer.from('VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=', 'base64')
  // PKCS #8 of RFC 8410 around the seed alone, which is what that library keeps.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  expect(sign([key], ...message, payload)).toBe(
    'v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==',
  )
})

test('the thumbprint is that of RFC 8037, appendix A.3', () => {
  const x = Buffer.from('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 'base64url')
  expect(toJwk(`whpk_${x.toString('base64')}`).kid).toBe(
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  )
})

test('what is signed verifies by its own key and by no other, and not when a bit of it is another', async () => {
  const [pair, other] = [newKeyPair(), newKeyPair()]
  const key = keyOf(pair)
  await fc.assert(
    fc.asyncProperty(
      fc.uuid(),
      fc.nat(4_000_000_000),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.nat(),
      fc.nat(6),
      async (id, timestampSeconds, body, at, bit) => {
        const signature = sign([key], id, timestampSeconds, Buffer.from(body))
        const content = `${id}.${timestampSeconds}.${Buffer.from(body)}`
        expect(await verifies(pair, signature, content)).toBe(true)
        expect(await verifies(other, signature, content)).toBe(false)
        const bytes = Buffer.from(content)
        const place = at % bytes.length
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
        expect(await verifies(pair, signature, bytes)).toBe(false)
      },
    ),
    { numRuns: 100 },
  )
})

test('a rotation from a secret to a key pair signs with both, each in its own scheme', async () => {
  const [secret, pair] = [newSecret(), newKeyPair()]
  const nowSeconds = Math.floor(Date.now() / 1000)
  const keys = [keyOf(pair), createSecretKey(secretKey(secret))]
  const header = sign(keys, 'msg_1', nowSeconds, payload)
  expect(header).toMatch(/^v1a,\S{88} v1,\S{44}$/)
  const [asymmetric = ''] = header.split(' ')
  expect(await verifies(pair, asymmetric, `msg_1.${nowSeconds}.${payload}`)).toBe(true)
  // Libraries that know `v1` only pass over what they do not know.
  new svix.Webhook(secret).verify(payload.toString(), {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(nowSeconds),
    'webhook-signature': header,
  })
})

test.each([
  ['nothing', ''],
  ['a prefix alone', 'whsk_'],
  ['a public key', publicKeyOf(newKeyPair()) ?? ''],
  ['a secret', newSecret()],
  ['a seed alone', `whsk_${Buffer.alloc(32, 1).toString('base64')}`],
  ['a key that is too long', `whsk_${Buffer.alloc(65, 1).toString('base64')}`],
  ['a key in base64url', newKeyPair().replaceAll(/[+/=]|A/g, '-')],
  ['halves of two pairs', newKeyPair().slice(0, 45) + newKeyPair().slice(45)],
])('%s is no private key', (_what, text) => {
  expect(privateKeyOf(text)).toBeUndefined()
})

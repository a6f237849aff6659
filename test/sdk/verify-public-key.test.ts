import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  verifyWebhook,
  type WebhookKeys,
  WebhookVerificationError,
} from '../../sdk/src/webhooks.ts'

const event = { id: 'msg_1', type: 'IssueStatusChanged', data: { to: 'gelöst 🛠️' } }
const body = JSON.stringify(event)

interface Pair {
  privateKey: KeyObject
  publicKey: string
  bytes: Buffer
  jwk: object
}

function newPair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const jwk = publicKey.export({ format: 'jwk' })
  const bytes = Buffer.from(jwk.x ?? '', 'base64url')
  return { privateKey, publicKey: `whpk_${bytes.toString('base64')}`, bytes, jwk }
}

const [pair, other] = [newPair(), newPair()]
const secret = `whsec_${Buffer.from('k'.repeat(43)).toString('base64')}`

function signatureBy({ privateKey }: Pair, seconds: number, text: string): string {
  const content = Buffer.from(`${event.id}.${seconds}.${text}`)
  return `v1a,${sign(null, content, privateKey).toString('base64')}`
}

function signed(
  options: { by?: Pair; text?: string; ageSeconds?: number; signature?: string } = {},
) {
  const { by = pair, text = body, ageSeconds = 0 } = options
  const seconds = Math.floor(Date.now() / 1000) - ageSeconds
  const headers = {
    'webhook-id': event.id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': options.signature ?? signatureBy(by, seconds, text),
  }
  return { headers, body: text }
}

const hmac = (key: string | Buffer) =>
  (typeof key === 'string' ? new Webhook(key) : new Webhook(key, { format: 'raw' })).sign(
    event.id,
    new Date(),
    body,
  )

async function outcome(request: ReturnType<typeof signed>, keys: WebhookKeys): Promise<string> {
  try {
    return (await verifyWebhook(request, keys)).type
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.reason
    throw error
  }
}

describe('with a public key', () => {
  test('takes what was signed, as text, as bytes and as a Request', async () => {
    const keys = { keys: pair.publicKey }
    const request = signed()
    expect(await verifyWebhook(request, keys)).toEqual(event)
    const bytes = { ...request, body: Buffer.from(body) }
    expect(await verifyWebhook(bytes, keys)).toEqual(event)
    const fetched = () => new Request('http://localhost/', { method: 'POST', ...request })
    expect(await verifyWebhook(fetched(), pair.publicKey)).toEqual(event)
    expect(await verifyWebhook(fetched(), [secret, pair.publicKey])).toEqual(event)
  })

  test('takes any of several signatures by any of several keys of either kind', async () => {
    const seconds = Math.floor(Date.now() / 1000)
    const signature = `${hmac(secret)} v9,x ${signatureBy(other, seconds, body)} ${signatureBy(pair, seconds, body)}`
    for (const keys of [pair.publicKey, other.publicKey, secret, [other.publicKey, secret]])
      expect(await outcome(signed({ signature }), { keys })).toBe(event.type)
    const third = newPair().publicKey
    expect(await outcome(signed({ signature }), { keys: third })).toBe('signature_mismatch')
  })

  test.each<[string, () => ReturnType<typeof signed>, string]>([
    ['another key', () => signed({ by: other }), 'signature_mismatch'],
    ['another body', () => ({ ...signed(), body: `${body} ` }), 'signature_mismatch'],
    ['no signature of its kind', () => signed({ signature: hmac(secret) }), 'signature_mismatch'],
    [
      'half a signature',
      () => signed({ signature: `v1a,${'A'.repeat(43)}=` }),
      'signature_mismatch',
    ],
    ['no base64', () => signed({ signature: 'v1a,ö' }), 'signature_mismatch'],
    ['an empty one', () => signed({ signature: 'v1a,' }), 'signature_mismatch'],
    ['zeros', () => signed({ signature: `v1a,${'A'.repeat(86)}==` }), 'signature_mismatch'],
    ['a time too early', () => signed({ ageSeconds: 302 }), 'timestamp_too_old'],
    ['a time too late', () => signed({ ageSeconds: -302 }), 'timestamp_too_new'],
    ['what is no JSON', () => signed({ text: 'not json' }), 'body_invalid'],
  ])('refuses %s', async (_what, request, reason) => {
    expect(await outcome(request(), { keys: pair.publicKey })).toBe(reason)
  })

  test('refuses its own signature in the clothes of the other scheme', async () => {
    const { headers } = signed()
    const signature = headers['webhook-signature'].replace('v1a,', 'v1,')
    expect(await outcome(signed({ signature }), { keys: [pair.publicKey, secret] })).toBe(
      'signature_mismatch',
    )
  })

  test('never takes an HMAC by the public key, which everybody has', async () => {
    const texts = [pair.bytes, Buffer.from(pair.publicKey), pair.bytes.toString('base64')]
    for (const key of texts) {
      for (const signature of [hmac(key), hmac(key).replace('v1,', 'v1a,')])
        expect(await outcome(signed({ signature }), { keys: pair.publicKey })).toBe(
          'signature_mismatch',
        )
    }
    // Nor does a key without its prefix pass for a secret.
    const bare = pair.bytes.toString('base64')
    expect(() => verifyWebhook(signed({ signature: hmac(bare) }), bare)).toThrow(TypeError)
  })

  test('wants a promise, and says so, where the body is given and the key is a text', () => {
    expect(() => verifyWebhook(signed(), pair.publicKey)).toThrow('{ keys: publicKey }')
    expect(() => verifyWebhook(signed(), [secret, pair.publicKey])).toThrow(TypeError)
  })

  test.each([
    ['no key', {}],
    ['an empty list', { keys: [] }],
    ['half a public key', { keys: pair.publicKey.slice(0, 30) }],
    ['a private key', { keys: `whsk_${'A'.repeat(86)}==` }],
  ])('is a mistake of the receiver with %s', async (_what, keys) => {
    await expect(verifyWebhook(signed(), keys)).rejects.toThrow(TypeError)
    await expect(verifyWebhook(signed(), keys)).rejects.not.toThrow(/A{20}/)
  })
})

describe('with the address of a jwks.json', () => {
  let server: Server | undefined
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
    server?.close()
  })

  /** Answers with these keys, and counts how often. */
  async function serve(answer: (response: ServerResponse) => void) {
    const seen = { asked: 0 }
    server = createServer((_request, response) => {
      seen.asked++
      answer(response)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return Object.assign(seen, {
      jwks: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    })
  }
  const showing = (list: () => object[]) =>
    serve((response) => response.end(JSON.stringify({ keys: list() })))

  test('fetches them once for all who ask within five minutes', async () => {
    const seen = await showing(() => [{ kty: 'RSA', n: 'x' }, other.jwk, pair.jwk])
    const jwks = new URL(seen.jwks)
    await Promise.all(Array.from({ length: 10 }, () => verifyWebhook(signed(), { jwks })))
    expect(await outcome(signed({ by: other }), seen)).toBe(event.type)
    expect(seen.asked).toBe(1)
  })

  test('fetches them again for a key that is new, but not for every forger', async () => {
    const keys = [pair.jwk]
    const seen = await showing(() => keys)
    vi.useFakeTimers({ toFake: ['Date'] })
    expect(await outcome(signed(), seen)).toBe(event.type)
    keys.unshift(other.jwk)
    const third = newPair()
    for (let count = 0; count < 5; count++)
      expect(await outcome(signed({ by: third }), seen)).toBe('signature_mismatch')
    expect(seen.asked).toBe(1)
    vi.setSystemTime(Date.now() + 31_000)
    expect(await outcome(signed({ by: other }), seen)).toBe(event.type)
    for (let count = 0; count < 5; count++)
      expect(await outcome(signed({ by: third }), seen)).toBe('signature_mismatch')
    expect(seen.asked).toBe(2)
    // A key that was revoked is taken for five minutes at most.
    keys.pop()
    vi.setSystemTime(Date.now() + 301_000)
    expect(await outcome(signed(), seen)).toBe('signature_mismatch')
    expect(seen.asked).toBe(3)
  })

  test('calculates six times per key at most, and never twice with keys that have not changed', async () => {
    const seen = await showing(() => [pair.jwk, other.jwk])
    const verify = vi.spyOn(crypto.subtle, 'verify')
    const forged = signatureBy(newPair(), 0, body)
    const signature = Array.from({ length: 50 }, () => forged).join(' ')
    expect(await outcome(signed({ signature }), seen)).toBe('signature_mismatch')
    expect(verify).toHaveBeenCalledTimes(12)
  })

  test('goes on with what it knows while they cannot be fetched, for a day', async () => {
    let works = true
    const seen = await serve((response) =>
      works ? response.end(JSON.stringify({ keys: [pair.jwk] })) : response.writeHead(503).end(),
    )
    vi.useFakeTimers({ toFake: ['Date'] })
    expect(await outcome(signed(), seen)).toBe(event.type)
    works = false
    vi.setSystemTime(Date.now() + 23 * 3_600_000)
    expect(await outcome(signed(), seen)).toBe(event.type)
    vi.setSystemTime(Date.now() + 3_600_000)
    await expect(outcome(signed(), seen)).rejects.toThrow(/could not be fetched: it answered 503/)
    works = true
    expect(await outcome(signed(), seen)).toBe(event.type)
  })

  test('asks nobody for a request that a secret signed, that is too old or that has no such signature', async () => {
    const seen = await showing(() => [pair.jwk])
    const { jwks } = seen
    const keys = { jwks, keys: secret }
    expect(await outcome(signed({ signature: hmac(secret) }), keys)).toBe(event.type)
    expect(await outcome(signed({ ageSeconds: 400 }), keys)).toBe('timestamp_too_old')
    expect(await outcome(signed({ signature: 'v1,x v1a,x' }), keys)).toBe('signature_mismatch')
    expect(seen.asked).toBe(0)
  })

  test.each([
    ['no JSON', 'not json'],
    ['no keys', '{}'],
    ['keys that are none', '{"keys":[null]}'],
  ])('is an error that is no forgery when it answers %s', async (_what, text) => {
    const seen = await serve((response) => response.end(text))
    await expect(outcome(signed(), seen)).rejects.toThrow(/could not be fetched/)
  })
})

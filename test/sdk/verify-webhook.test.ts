import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import { describe, expect, test } from 'vitest'
import { verifyWebhook, WebhookVerificationError } from '../../sdk/src/webhooks.ts'

const secret = `whsec_${Buffer.from('k'.repeat(43)).toString('base64')}`
const otherSecret = `whsec_${Buffer.from('o'.repeat(43)).toString('base64')}`
const event = {
  id: '019a9d2e-5c00-7000-8000-000000000001',
  type: 'IssueStatusChanged',
  timestamp: '2026-03-09T07:42:11.000Z',
  entityType: 'Issue',
  entityId: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
  organisationId: '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f',
  userId: null,
  correlationId: null,
  source: 'dashboard',
  data: { from: 'open', to: 'gelöst 🛠️' },
}
const body = JSON.stringify(event)

function signed(
  options: { text?: string; key?: string; ageSeconds?: number; signature?: string } = {},
) {
  const { text = body, key = secret, ageSeconds = 0 } = options
  const time = new Date(Date.now() - ageSeconds * 1000)
  return {
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
    'webhook-signature': options.signature ?? new StandardWebhook(key).sign(event.id, time, text),
  }
}

function reasonOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.reason
    throw error
  }
  return 'verified'
}

describe('accepts', () => {
  test.each([
    ['standardwebhooks', (time: Date) => new StandardWebhook(secret).sign(event.id, time, body)],
    ['svix', (time: Date) => new SvixWebhook(secret).sign(event.id, time, body)],
  ])('what %s signed', (_, sign) => {
    const headers = signed({ signature: sign(new Date()) })
    expect(verifyWebhook({ headers, body }, secret)).toEqual(event)
  })

  test('the vector of the Standard Webhooks libraries', () => {
    // Its time is long ago, so only the signature of our signer can be compared.
    const sign = new StandardWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').sign(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
    )
    expect(sign).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  test.each([
    ['raw bytes', new TextEncoder().encode(body)],
    ['a Buffer', Buffer.from(body)],
  ])('%s', (_, bytes) => {
    expect(verifyWebhook({ headers: signed(), body: bytes }, secret)).toEqual(event)
  })

  test('Headers, and headers of any case', () => {
    expect(verifyWebhook({ headers: new Headers(signed()), body }, secret).id).toBe(event.id)
    const upper = Object.fromEntries(
      Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), [value]]),
    )
    expect(verifyWebhook({ headers: upper, body }, secret).id).toBe(event.id)
  })

  test('a Request of fetch', async () => {
    const request = new Request('http://localhost/', { method: 'POST', headers: signed(), body })
    await expect(verifyWebhook(request, secret)).resolves.toEqual(event)
  })

  test('either of two signatures, as during a rotation', () => {
    const both = `${signed({ key: otherSecret })['webhook-signature']} ${signed()['webhook-signature']}`
    const headers = signed({ signature: both })
    expect(verifyWebhook({ headers, body }, secret).id).toBe(event.id)
    expect(verifyWebhook({ headers, body }, otherSecret).id).toBe(event.id)
  })

  test('any of several secrets', () => {
    expect(verifyWebhook({ headers: signed(), body }, [otherSecret, secret]).id).toBe(event.id)
  })

  test('a body with a byte order mark only if that was signed', () => {
    const bytes = new TextEncoder().encode(`\uFEFF${body}`)
    expect(reasonOf(() => verifyWebhook({ headers: signed(), body: bytes }, secret))).toBe(
      'signature_mismatch',
    )
  })
})

describe('refuses', () => {
  test('a body that was changed', () => {
    const request = { headers: signed(), body: body.replace('open', 'shut') }
    expect(reasonOf(() => verifyWebhook(request, secret))).toBe('signature_mismatch')
  })

  test('the id of another message', () => {
    const headers = { ...signed(), 'webhook-id': 'msg_other' }
    expect(reasonOf(() => verifyWebhook({ headers, body }, secret))).toBe('signature_mismatch')
  })

  test('the secret of another subscription', () => {
    expect(reasonOf(() => verifyWebhook({ headers: signed(), body }, otherSecret))).toBe(
      'signature_mismatch',
    )
  })

  test.each(['', 'v1', 'v1,', 'v2,abc', 'v1,öäü'])('the signature "%s"', (signature) => {
    expect(reasonOf(() => verifyWebhook({ headers: signed({ signature }), body }, secret))).toBe(
      signature === '' ? 'headers_missing' : 'signature_mismatch',
    )
  })

  test('an old request, and one from the future', () => {
    const old = signed({ ageSeconds: 302 })
    expect(reasonOf(() => verifyWebhook({ headers: old, body }, secret))).toBe('timestamp_too_old')
    const early = signed({ ageSeconds: -302 })
    expect(reasonOf(() => verifyWebhook({ headers: early, body }, secret))).toBe(
      'timestamp_too_new',
    )
    expect(
      reasonOf(() => verifyWebhook({ headers: signed({ ageSeconds: 290 }), body }, secret)),
    ).toBe('verified')
  })

  test('a timestamp that is no number', () => {
    const headers = { ...signed(), 'webhook-timestamp': '12abc' }
    expect(reasonOf(() => verifyWebhook({ headers, body }, secret))).toBe('timestamp_invalid')
  })

  test('missing headers, and says which', () => {
    const { 'webhook-id': id } = signed()
    expect(() => verifyWebhook({ headers: { 'webhook-id': id }, body }, secret)).toThrow(
      'webhook-timestamp, webhook-signature',
    )
  })

  test('a signed body that is not JSON', () => {
    const text = 'not json'
    expect(reasonOf(() => verifyWebhook({ headers: signed({ text }), body: text }, secret))).toBe(
      'body_invalid',
    )
  })

  test('no secret, and what is no secret, without repeating it', () => {
    expect(() => verifyWebhook({ headers: signed(), body }, [])).toThrow(TypeError)
    expect(() => verifyWebhook({ headers: signed(), body }, 'not!base64')).toThrow(TypeError)
    expect(() => verifyWebhook({ headers: signed(), body }, 'not!base64')).not.toThrow('not!base64')
  })
})

describe('a body that is not raw any more', () => {
  test.each([
    ['parsed', event, 'The body was parsed before it was verified'],
    ['missing', undefined, 'The body is undefined'],
  ])('is named, with the fix, when it is %s', (_, given, what) => {
    const verify = () => verifyWebhook({ headers: signed(), body: given as never }, secret)
    expect(verify).toThrow(TypeError)
    expect(verify).toThrow(what)
    expect(verify).toThrow("express.raw({ type: 'application/json' })")
  })

  test('is named when a Request was read before', async () => {
    const request = new Request('http://localhost/', { method: 'POST', headers: signed(), body })
    await request.json()
    await expect(verifyWebhook(request, secret)).rejects.toThrow('was read before')
  })
})

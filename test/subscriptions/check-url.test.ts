import type { LookupAddress } from 'node:dns'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../server/context.ts'
import type { Resolve } from '../../server/kernel/allowed-lookup.ts'
import { systemClock } from '../../server/kernel/clock.ts'
import { parseNetworks } from '../../server/kernel/network.ts'
import { createUrlCheck } from '../../server/subscriptions/check-url.ts'
import { createTestPosthorn } from '../support/create-test-posthorn.ts'

const v4 = (address: string): LookupAddress => ({ address, family: 4 })

/** A check whose name service gives these answers; `undefined` is that it never answers. */
function checkWith(
  names: Record<string, LookupAddress[] | undefined>,
  { networks = '', clock = systemClock } = {},
) {
  const silent: (() => void)[] = []
  const resolve: Resolve = (name, _options, callback) => {
    const answer = names[name]
    if (answer) setImmediate(() => callback(null, answer))
    else if (name in names) silent.push(() => callback(null, [v4('8.8.8.8')]))
    else setImmediate(() => callback(Object.assign(new Error(name), { code: 'ENOTFOUND' }), []))
  }
  const config = {
    allowHttp: false,
    allowedNetworks: parseNetworks(networks),
    allowedPorts: [443, 8443],
  }
  return { check: createUrlCheck({ config, clock } as unknown as Context, resolve), silent }
}

describe('a URL', () => {
  const { check } = checkWith({
    'public.example': [v4('8.8.8.8'), { address: '2606:4700::1111', family: 6 }],
    'inside.example': [v4('10.1.2.3')],
    'mixed.example': [v4('8.8.8.8'), v4('169.254.169.254')],
  })

  test('whose name leads to public addresses is allowed, and they are shown', async () => {
    expect(await check('https://public.example/hook')).toEqual({
      allowed: true,
      addresses: ['8.8.8.8', '2606:4700::1111'],
    })
    expect(await check('https://8.8.8.8:8443/')).toEqual({ allowed: true, addresses: ['8.8.8.8'] })
  })

  test.each([
    ['http://public.example/', /scheme http/],
    ['nowhere', /absolute URL/],
    ['https://user:secret@public.example/', /user name/],
    ['https://127.0.0.1/', /127\.0\.0\.1/],
    ['https://[::1]/', /::1/],
    ['https://unknown.example/', /not found/],
    ['https://inside.example/', /not allowed/],
    ['https://mixed.example/', /not allowed/],
  ])('%s is refused with the reason and what to do', async (url, reason) => {
    expect(await check(url)).toEqual({
      allowed: false,
      reason: expect.stringMatching(reason),
      fix: expect.any(String),
    })
  })

  test('that leads inside is refused without a word of where', async () => {
    for (const url of ['https://inside.example/', 'https://mixed.example/'])
      expect(JSON.stringify(await check(url))).not.toMatch(/10\.1|169\.254|8\.8/)
  })

  test('that leads to a network of the operator is allowed without a word of where', async () => {
    const { check: inside } = checkWith(
      { 'inside.example': [v4('10.1.2.3')] },
      { networks: '10.0.0.0/8' },
    )
    expect(await inside('https://inside.example/')).toEqual({ allowed: true, addresses: [] })
  })
})

test('two names are looked up at once, however long that takes, and no more', async () => {
  let expire: () => void = () => undefined
  const clock = {
    ...systemClock,
    after: (_ms: number, callback: () => void) => {
      expire = callback
      return () => undefined
    },
  }
  const { check, silent } = checkWith({ 'slow.example': undefined }, { clock })
  const first = check('https://slow.example/')
  const second = check('https://slow.example/')
  expire()
  expect(await second).toMatchObject({ allowed: false, reason: expect.stringMatching(/in time/) })
  // It was given up, but its thread is still taken.
  await expect(check('https://slow.example/')).rejects.toMatchObject({ code: 'url_checks_busy' })
  for (const answer of silent) answer()
  expect(await first).toMatchObject({ allowed: true })
  expect(await check('https://8.8.8.8/')).toMatchObject({ allowed: true })
})

describe('through the API', () => {
  let server: Awaited<ReturnType<typeof createTestPosthorn>>
  beforeAll(async () => {
    server = await createTestPosthorn()
  })
  afterAll(() => server.close())

  test('nothing is connected to, so an open port looks like a closed one', async () => {
    const { key } = await server.createOrganisation()
    let connections = 0
    const listener = createServer(() => {
      connections++
    })
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const { port } = listener.address() as { port: number }
    const check = async (at: number) =>
      server.call('POST', '/v1/subscriptions/check-url', {
        key,
        body: { url: `http://127.0.0.1:${at}/` },
      })
    const open = await check(port)
    await new Promise((resolve) => listener.close(resolve))
    const closed = await check(port)
    expect([open.status, open.body]).toEqual([200, { allowed: true, addresses: [] }])
    expect(closed.body).toEqual(open.body)
    expect(connections).toBe(0)
  })

  test('it takes the scope to create subscriptions, and a URL', async () => {
    const reader = await server.createOrganisation(['subscriptions:read'])
    const body = { url: 'https://example.com/' }
    const path = '/v1/subscriptions/check-url'
    const refused = await server.call('POST', path, { key: reader.key, body })
    expect([refused.status, refused.body.code]).toEqual([403, 'scope_missing'])
    const without = await server.call('POST', path, { body: {} })
    expect([without.status, without.body.errors[0].field]).toEqual([422, 'url'])
  })
})

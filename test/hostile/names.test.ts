import type { LookupAddress } from 'node:dns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allowedLookup, type Resolve } from '../../server/kernel/allowed-lookup.ts'
import { systemClock } from '../../server/kernel/clock.ts'
import { isAllowedAddress } from '../../server/kernel/network.ts'
import { createResolve } from '../../server/kernel/resolve-name.ts'
import { type NameAnswer, type NameServer, openNameServer } from './name-server.ts'

const publicSix = '2606:4700:4700:0:0:0:0:1111'
const asked = new Map<string, number>()

const zone: Record<string, NameAnswer | ((count: number) => NameAnswer)> = {
  'both.test': { addresses: ['8.8.8.8', publicSix] },
  'six.test': { addresses: [publicSix] },
  'unknown.test': { code: 3 },
  'broken.test': { code: 2 },
  'empty.test': {},
  'loop.test': { alias: 'loop.test' },
  'alias-only.test': { alias: 'inside.test' },
  'many.test': { addresses: Array.from({ length: 25 }, (_, n) => `8.8.8.${n}`) },
  'inside.test': { addresses: ['10.0.0.1'] },
  'mixed.test': { addresses: ['8.8.8.8', '10.0.0.1'] },
  'mixed-families.test': { addresses: ['8.8.8.8', '0:0:0:0:0:0:0:1'] },
  'mapped.test': { addresses: ['0:0:0:0:0:ffff:7f00:1'] },
  'rebinding.test': (count) => ({ addresses: [count === 0 ? '8.8.8.8' : '127.0.0.1'] }),
}

let names: NameServer
let resolve: Resolve

beforeAll(async () => {
  names = await openNameServer((name) => {
    if (name.startsWith('silent-')) return { isSilent: true }
    const known = zone[name] ?? { code: 3 }
    const count = asked.get(name) ?? 0
    asked.set(name, count + 1)
    return typeof known === 'function' ? known(count) : known
  })
  resolve = createResolve({ clock: systemClock, knowsOwnNames: false, servers: [names.address] })
})

afterAll(() => names.close())

/** Addresses that may be connected to, or the code of the error. */
function lookUp(name: string, how: Resolve = resolve): Promise<string[] | string | undefined> {
  const lookup = allowedLookup(how, (address) => isAllowedAddress(address, []))
  return new Promise((answer) => {
    lookup(name, { all: true }, (error, addresses) => {
      if (error) answer(error.code)
      else answer((addresses as LookupAddress[]).map(({ address }) => address))
    })
  })
}

describe('a name', () => {
  test.each([
    ['both.test', ['8.8.8.8', '2606:4700:4700::1111']],
    ['six.test', ['2606:4700:4700::1111']],
  ])('%s leads to its addresses', async (name, addresses) => {
    expect(await lookUp(name)).toEqual(addresses)
  })

  test.each(['unknown.test', 'broken.test', 'empty.test', 'loop.test', 'alias-only.test'])(
    '%s leads nowhere',
    async (name) => {
      expect(await lookUp(name)).toBe('dns')
    },
  )

  test('of many addresses is tried at a few of them', async () => {
    expect(await lookUp('many.test')).toHaveLength(8)
  })

  test.each(['inside.test', 'mixed.test', 'mixed-families.test', 'mapped.test'])(
    '%s is refused for one address that is not public',
    async (name) => {
      expect(await lookUp(name)).toBe('blocked_address')
    },
  )

  test('that leads inside the second time is refused the second time', async () => {
    const sequence = ['8.8.8.8', '8.8.8.8', '127.0.0.1', '127.0.0.1']
    asked.delete('rebinding.test')
    const first = await lookUp('rebinding.test')
    // Both families were asked for; nothing was kept of the answer.
    const second = await lookUp('rebinding.test')
    expect([first, second]).toEqual([[sequence[0]], 'blocked_address'])
  })
})

test('names that hang hold up no other name, and end in time', async () => {
  const ended: unknown[] = []
  const note = (outcome: unknown) => ended.push(outcome)
  const all = Array.from({ length: 50 }, (_, n) => lookUp(`silent-${n}.test`).then(note))
  await lookUp('both.test').then(note)
  expect(ended).toEqual([['8.8.8.8', '2606:4700:4700::1111']])
  await Promise.all(all)
  expect(ended.slice(1)).toEqual(all.map(() => 'dns'))
})

describe('this machine', () => {
  const withOwn = () =>
    createResolve({ clock: systemClock, knowsOwnNames: true, servers: [names.address] })

  test('is asked for its own names where the operator allows networks, and not otherwise', async () => {
    const own = (how: Resolve) =>
      new Promise((answer) => {
        how('localhost', { all: true }, (error, found) =>
          answer(error ? 'unknown' : found.length > 0),
        )
      })
    expect(await own(withOwn())).toBe(true)
    expect(await own(resolve)).toBe('unknown')
  })
})

import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDestinationUrl } from '../../server/kernel/destination.ts'
import { PosthornError } from '../../server/kernel/errors.ts'
import { isAllowedAddress, parseNetworks } from '../../server/kernel/network.ts'

/** Said by another library: Node's own. Apart, since it takes every IPv4 address for one of `::/3`. */
const notPublic = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const network of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3', '168.63.129.16/32'],
  ...['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
]) {
  const [address = '', bits = ''] = network.split('/')
  const family = familyOf(address)
  notPublic[family].addSubnet(address, Number(bits), family)
}

describe('an address', () => {
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '168.63.129.15',
    '223.255.255.254',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
    '2001:4860:4860::8888',
    '::ffff:8.8.8.8',
  ])('%s is public', (address) => {
    expect(isAllowedAddress(address, [])).toBe(true)
  })

  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.31.196.1',
    '192.52.193.1',
    '192.88.99.1',
    '192.168.1.1',
    '192.175.48.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::8.8.8.8',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:168.63.129.16',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:1ff:ffff::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2620:4f:8000::1',
    '3ffe::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
  ])('%s is not', (address) => {
    expect(isAllowedAddress(address, [])).toBe(false)
  })

  test.each([
    '',
    'localhost',
    '8.8.8',
    '134744072',
    '0x8.8.8.8',
    '010.8.8.8',
    '8.8.8.8 ',
    '8.8.8.8/32',
    '[2606::1]',
    '2606::1%1',
    '::'.repeat(50),
  ])('"%s" is not written as one', (address) => {
    expect(isAllowedAddress(address, parseNetworks('0.0.0.0/0, ::/0'))).toBe(false)
  })

  test('that an operator allows may be anywhere', () => {
    const networks = parseNetworks(' 10.0.0.0/8,fd00::/8 , 127.0.0.1,::1 ')
    const allowed = ['10.255.0.1', '::ffff:10.0.0.1', 'fd12::1', '127.0.0.1', '::1', '8.8.8.8']
    const refused = ['192.168.0.1', 'fc00::1', '127.0.0.2', '::2']
    expect(allowed.filter((address) => !isAllowedAddress(address, networks))).toEqual([])
    expect(refused.filter((address) => isAllowedAddress(address, networks))).toEqual([])
  })

  test.each([
    ...['169.254.169.254', '169.254.170.2', '::ffff:169.254.169.254', 'fd00:ec2::254'],
    ...['fd20:ce::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
  ])('%s, where a cloud keeps its metadata, is allowed by its own name only', (address) => {
    const around = parseNetworks('0.0.0.0/0, ::/0, 169.254.0.0/16, 169.254.169.254/31, fd00::/8')
    expect(isAllowedAddress(address, around)).toBe(false)
    const plain = address.replace('::ffff:', '')
    expect(isAllowedAddress(address, [...around, ...parseNetworks(plain)])).toBe(true)
  })

  test('is judged as Node would judge it', () => {
    const mapped = /^(?:::|(?:0{1,4}:){5})ffff:/i
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
    const interesting = fc.constantFrom(
      ...[[], [0x20, 0x01], [0x20, 0x02], [0x3f, 0xfe], [0x3f, 0xff], [0x20, 0x01, 0x0d, 0xb8]],
      ...[[0x20, 0x01, 0x02], [0x26, 0x06], [0xfd], [0xfe, 0x80], [0, 0x64, 0xff, 0x9b]],
    )
    const ipv6 = fc.tuple(interesting, bytes).map(([start, rest]) => {
      const all = Buffer.from([...start, ...rest].slice(0, 16))
      return (all.toString('hex').match(/.{4}/g) ?? []).join(':')
    })
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), ipv6, fc.ipV6()), (address) => {
        // Stands for an IPv4 address, which the next test is about.
        fc.pre(!mapped.test(address))
        const family = familyOf(address)
        // ipaddr.js knows a few networks more, so only this way round.
        if (notPublic[family].check(address, family)) {
          expect(isAllowedAddress(address, []), address).toBe(false)
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('an IPv4 address is judged alike in all its IPv6 spellings', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const hex = Buffer.from(address.split('.').map(Number)).toString('hex')
        const words = `${hex.slice(0, 4)}:${hex.slice(4)}`
        const expected = isAllowedAddress(address, [])
        if (notPublic.ipv4.check(address)) expect(expected).toBe(false)
        expect(isAllowedAddress(`::ffff:${address}`, [])).toBe(expected)
        expect(isAllowedAddress(`0:0:0:0:0:FFFF:${words}`, [])).toBe(expected)
        for (const prefix of ['::', '64:ff9b::', '::ffff:0:']) {
          expect(isAllowedAddress(prefix + address, [])).toBe(false)
          expect(isAllowedAddress(prefix + words, [])).toBe(false)
        }
        for (const around of [`2002:${words}::1`, `2001:0:${words}::1`]) {
          expect(isAllowedAddress(around, [])).toBe(false)
        }
      }),
    )
  })
})

describe('a list of networks', () => {
  test('may be empty', () => {
    expect(parseNetworks('')).toEqual([])
    expect(parseNetworks('  ')).toEqual([])
  })

  test.each([
    ['10.0.0.0/33', '10.0.0.0/33'],
    ['10.0.0.0/8,nonsense', 'nonsense'],
    ['10.0.0.0/8,', ''],
    ['10/8', '10/8'],
    ['10.0.0.0/', '10.0.0.0/'],
    ['10.0.0.0/8/8', '10.0.0.0/8/8'],
    ['10.0.0.0/-1', '10.0.0.0/-1'],
    ['10.0.0.0/8.5', '10.0.0.0/8.5'],
    ['fd00::/129', 'fd00::/129'],
    ['fe80::1%eth0/64', 'fe80::1%eth0/64'],
    ['::ffff:10.0.0.0/104', '::ffff:10.0.0.0/104'],
    ['localhost', 'localhost'],
  ])('%s is refused by name of the entry', (list, entry) => {
    const error = thrownBy(() => parseNetworks(list))
    expect(error).toBeInstanceOf(PosthornError)
    expect(error).toMatchObject({ code: 'network_invalid', status: 422 })
    expect(String(error)).toContain(`"${entry}" is not a network`)
    expect(String(error)).toContain('10.0.0.0/8')
  })

  test('of any text gives networks or that error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.ipV4(),
          fc.ipV6(),
          fc.string({ unit: fc.constantFrom(...'0123456789./:,a%') }),
        ),
        (list) => {
          const error = thrownBy(() => parseNetworks(list))
          if (error !== undefined) expect(error).toBeInstanceOf(PosthornError)
        },
      ),
    )
  })
})

describe('a URL', () => {
  const strict = { allowHttp: false, allowedNetworks: [], allowedPorts: [443, 8443] }
  const messagesOf = (url: string, policy: Parameters<typeof checkDestinationUrl>[1] = strict) =>
    checkDestinationUrl(url, policy).map(({ field, message, fix }) => {
      expect(field).toBe('url')
      expect(fix).toMatch(/\.$/)
      return message
    })

  test.each([
    'https://example.com',
    'https://example.com/hook?a=1&b=%20',
    'HTTPS://EXAMPLE.COM:8443/',
    'https://example.com./',
    'https://bücher.example/',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]:8443/x',
    'https://notlocalhost/',
    'https://localhost.example.com/',
    `https://example.com/${'x'.repeat(2028)}`,
  ])('%s may be one', (url) => {
    expect(messagesOf(url)).toEqual([])
  })

  const scheme = /^has the scheme/
  const leads = /^leads to/
  const absolute = /^is not an absolute URL/
  const characters = /^holds a space, a backslash or a control character/
  const credentials = /^holds a user name/
  test.each<[url: string, message: RegExp]>([
    ['http://example.com', scheme],
    ['ftp://example.com', scheme],
    ['file:///etc/passwd', absolute],
    ['file://host/etc/passwd', scheme],
    ['gopher://example.com', scheme],
    ['javascript:alert(1)', absolute],
    ['data:text/plain,x', absolute],
    ['', absolute],
    ['example.com/hook', absolute],
    ['//example.com/hook', absolute],
    ['https:example.com', absolute],
    ['https:/example.com', absolute],
    ['https:///example.com', absolute],
    ['https://', absolute],
    ['https://exa mple.com', characters],
    [' https://example.com', characters],
    ['https://example.com\n', characters],
    ['https://example.com\\@127.0.0.1/', characters],
    ['https://exa\tmple.com', characters],
    ['https://example.com/\u0000', characters],
    ['https://example.com/\u007f', characters],
    ['https://example.com/\u2028', characters],
    ['https://user@example.com', credentials],
    ['https://user:password@example.com', credentials],
    ['https://:password@example.com', credentials],
    ['https://example.com/#', /fragment/],
    ['https://example.com/#top', /fragment/],
    [`https://example.com/${'x'.repeat(2029)}`, /^has 2049 characters/],
    ['https://example.com:99999', absolute],
    ['https://[::1', absolute],
    ['https://[fe80::1%25eth0]/', absolute],
    ['https://999.1.1.1/', absolute],
    ['https://127.0.0.1/', leads],
    ['https://127.0.0.1:8443/', leads],
    ['https://127.0.0.1./', leads],
    ['https://127.1/', leads],
    ['https://2130706433/', leads],
    ['https://0x7f000001/', leads],
    ['https://0x7f.0.0.1/', leads],
    ['https://0177.0.0.1/', leads],
    ['https://%31%32%37.0.0.1/', leads],
    ['https://１２７.0.0.1/', leads],
    ['https://127。0。0。1/', leads],
    ['https://0/', leads],
    ['https://0.0.0.0/', leads],
    ['https://10.1.2.3/', leads],
    ['https://169.254.169.254/latest/meta-data', leads],
    ['https://192.168.0.1/', leads],
    ['https://168.63.129.16/', leads],
    ['https://[::]/', leads],
    ['https://[::1]/', leads],
    ['https://[0:0:0:0:0:0:0:1]/', leads],
    ['https://[::ffff:127.0.0.1]/', leads],
    ['https://[::ffff:a9fe:a9fe]/', leads],
    ['https://[64:ff9b::127.0.0.1]/', leads],
    ['https://[2002:7f00:1::]/', leads],
    ['https://[fd00::1]/', leads],
    ['https://localhost/', leads],
    ['https://LOCALHOST:8443/', leads],
    ['https://localhost./', leads],
    ['https://%6cocalhost/', leads],
    ['https://ⓛocalhost/', leads],
    ['https://a.localhost/', leads],
    ['https://a.b.localhost./', leads],
  ])('%j may not', (url, message) => {
    expect(messagesOf(url)).toEqual([expect.stringMatching(message)])
  })

  test.each(['https://example.com:22/', 'https://8.8.8.8:25/', 'https://example.com:0/'])(
    '%s uses a port that is none of the allowed ones',
    (url) => {
      expect(messagesOf(url)).toEqual([expect.stringMatching(/^has the port \d+, which/)])
    },
  )

  test('may use any port in an allowed network, and is judged by its address once it has one', () => {
    const policy = { ...strict, allowedNetworks: parseNetworks('10.0.0.0/8') }
    expect(messagesOf('https://10.1.2.3:5678/', policy)).toEqual([])
    expect(messagesOf('https://n8n.internal:5678/', policy)).toEqual([])
    expect(messagesOf('https://8.8.8.8:5678/', policy)).toHaveLength(1)
    expect(messagesOf('https://n8n.internal:5678/')).toHaveLength(1)
  })

  test('with several things wrong hears of all', () => {
    expect(messagesOf('http://me@127.0.0.1/#x')).toHaveLength(4)
  })

  test('of plain HTTP and of a private network is allowed by policy', () => {
    const policy = {
      allowHttp: true,
      allowedNetworks: parseNetworks('127.0.0.0/8, ::1'),
      allowedPorts: [443, 80],
    }
    for (const url of [
      'http://example.com',
      'http://127.0.0.1:3000/hook',
      'http://localhost:3000',
      'https://a.localhost',
      'http://[::1]:3000',
      'http://[::ffff:127.0.0.1]',
      'http://2130706433',
    ]) {
      expect(messagesOf(url, policy), url).toEqual([])
    }
    expect(messagesOf('http://10.0.0.1', policy)).toEqual([expect.stringMatching(leads)])
    expect(messagesOf('ftp://example.com', policy)).toEqual([expect.stringMatching(scheme)])
    const six = { ...policy, allowedNetworks: parseNetworks('::1') }
    expect(messagesOf('http://localhost', six)).toEqual([expect.stringMatching(leads)])
  })

  test('is judged without throwing, and none that passes names an address that is not public', () => {
    const pieces = [
      ...'/@:#?.[]% \n\\１。',
      ...[
        'https:',
        '//',
        '::',
        '::1',
        '127.0.0.1',
        '0x7f',
        '0177',
        '10',
        '%31',
        'localhost',
        'com',
      ],
    ]
    const parts = fc.array(fc.constantFrom(...pieces), { maxLength: 12 })
    const host = fc.oneof(
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.nat(0xffffffff).map(String),
      parts.map((list) => list.join('')),
    )
    const url = fc.oneof(
      fc.string(),
      fc.webUrl(),
      parts.map((list) => list.join('')),
      host.map((name) => `https://${name}/`),
    )
    fc.assert(
      fc.property(url, (text) => {
        if (checkDestinationUrl(text, strict).length > 0) return
        const { protocol, hostname } = new URL(text)
        const address = hostname.replace(/^\[|\]$/g, '')
        expect(protocol).toBe('https:')
        expect(hostname).not.toMatch(/(?:^|\.)localhost\.*$/)
        if (isIP(address) !== 0) expect(isAllowedAddress(address, [])).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })
})

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6'
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
    return undefined
  } catch (error) {
    return error
  }
}

import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { defineErrors, type FieldIssue } from './errors.ts'

/** A network: its address and how many leading bits count. */
export type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number]

export const networkErrors = defineErrors({
  network_invalid: { status: 422, title: 'That is not a network in CIDR notation' },
})

const urlLengthMax = 2048
/** Longer than any address; keeps the parser away from text that cannot be one. */
const addressLengthMax = 64

/** All that IANA has given out as global unicast. */
const globalIpv6 = cidr('2000::/3')
/** Parts of it that are not the public internet, or that lead to an IPv4 address in disguise. */
const specialIpv6 = [
  '2001::/23', // IETF protocols: Teredo, benchmarking, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '3fff::/20', // documentation
  '3ffe::/16', // 6bone, given back
  '2620:4f:8000::/48', // AS112
].map(cidr)
/** Public by its number, yet answered by the host of an Azure machine. */
const azureHost = cidr('168.63.129.16/32')

/**
 * Networks from a list such as `10.0.0.0/8, fd00::/8`; a single address is a network of one.
 *
 * @throws network_invalid
 */
export function parseNetworks(list: string): Cidr[] {
  if (list.trim() === '') return []
  return list.split(',').map((entry) => parseNetwork(entry.trim()))
}

function parseNetwork(entry: string): Cidr {
  const [address = '', bits, ...rest] = entry.split('/')
  const ip = parseAddress(address)
  const bitsMax = ip?.kind() === 'ipv4' ? 32 : 128
  const length = bits === undefined ? bitsMax : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
  if (ip && rest.length === 0 && length <= bitsMax) return [ip, length]
  const shown = JSON.stringify(entry.slice(0, 100))
  const fix = 'Write networks as 10.0.0.0/8 or fd00::/8, separated by commas.'
  throw networkErrors.network_invalid({
    detail: `${shown} is not a network. ${fix}`,
    issues: [{ field: 'allowedNetworks', message: `${shown} is not a network`, fix }],
  })
}

/**
 * Whether a request may go to the address: one of the public internet, or one that the operator
 * allows. Anything that is not written as a full address is refused.
 */
export function isAllowedAddress(address: string, allowedNetworks: readonly Cidr[]): boolean {
  const ip = parseAddress(address)
  if (!ip) return false
  return isPublic(ip) || allowedNetworks.some((network) => isWithin(ip, network))
}

function isPublic(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() !== 'unicast' || isWithin(ip, azureHost)) return false
  if (ip.kind() === 'ipv4') return true
  return isWithin(ip, globalIpv6) && !specialIpv6.some((network) => isWithin(ip, network))
}

function isWithin(ip: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Cidr): boolean {
  return ip.kind() === network.kind() && ip.match(network, bits)
}

/** An IPv6 address that only wraps an IPv4 one is that IPv4 address. */
function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  // ipaddr.js also reads `0x7f.1` and `2130706433`; a zone (`%eth0`) makes it another host's matter.
  if (address.length > addressLengthMax || address.includes('%')) return undefined
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address))
    return undefined
  // What resolvers print as `::8.8.8.8` is not 8.8.8.8, though ipaddr.js says so.
  if (/^::\d+\./.test(address)) return undefined
  return ipaddr.process(address)
}

function cidr(text: string): Cidr {
  return ipaddr.parseCIDR(text)
}

export interface DestinationPolicy {
  allowHttp: boolean
  allowedNetworks: readonly Cidr[]
}

/**
 * What keeps a URL from being a destination, as far as its text tells; nothing when it may be one.
 * Where its host name leads is judged at every connection.
 */
export function checkDestinationUrl(url: string, policy: DestinationPolicy): FieldIssue[] {
  if (url.length > urlLengthMax) {
    return [issue(`has ${url.length} characters`, `Use at most ${urlLengthMax}.`)]
  }
  // URL parsers drop or rewrite these, each in its own way.
  if (/[\p{Cc}\s\\]/u.test(url)) {
    return [
      issue(
        'holds a space, a backslash or a control character',
        'Percent-encode it: a space is %20.',
      ),
    ]
  }
  const parsed = URL.parse(url)
  if (!parsed || !/^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(url)) {
    return [issue('is not an absolute URL', 'Write it in full: https://example.com/hook.')]
  }
  return [
    ...schemeIssues(parsed, policy),
    ...(parsed.username || parsed.password
      ? [
          issue(
            'holds a user name or password',
            'Send credentials in a header of the subscription.',
          ),
        ]
      : []),
    ...(url.includes('#')
      ? [issue('has a fragment, which is never sent', 'Leave out the # and what follows it.')]
      : []),
    ...hostIssues(parsed.hostname, policy),
  ]
}

function schemeIssues({ protocol }: URL, { allowHttp }: DestinationPolicy): FieldIssue[] {
  if (protocol === 'https:' || (protocol === 'http:' && allowHttp)) return []
  const fix = allowHttp ? 'Use https:// or http://.' : 'Use https://.'
  return [issue(`has the scheme ${protocol.slice(0, -1)}, which is not allowed`, fix)]
}

function hostIssues(hostname: string, { allowedNetworks }: DestinationPolicy): FieldIssue[] {
  const host = hostname.toLowerCase().replace(/\.+$/, '')
  if (host === '') return [issue('has no host', 'Name the host: https://example.com/hook.')]
  if (host === 'localhost' || host.endsWith('.localhost')) {
    if (isAllowedAddress('127.0.0.1', allowedNetworks)) return []
    return [issue('leads to this server itself', 'Use a host name that the internet knows.')]
  }
  const address = literalAddress(host)
  if (address === undefined || isAllowedAddress(address, allowedNetworks)) return []
  return [
    issue(
      `leads to ${address}, which is not an address of the public internet`,
      'Use a public host name, or have the operator allow that network.',
    ),
  ]
}

/** The IP address that a URL's host is, without brackets; undefined for a name. */
export function literalAddress(host: string): string | undefined {
  if (host.startsWith('[')) return host.slice(1, -1)
  return ipaddr.isValid(host) || isIP(host) !== 0 ? host : undefined
}

function issue(message: string, fix: string): FieldIssue {
  return { field: 'url', message, fix }
}

import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { defineErrors } from './errors.ts'

/** A network: its address and how many leading bits count. */
export type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number]

export const networkErrors = defineErrors({
  network_invalid: { status: 422, title: 'That is not a network in CIDR notation' },
})

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
/**
 * Where clouds tell their machines secrets. Some lie in public or shared networks, so they are refused by name, and a
 * network around them allows none of them.
 */
const metadata = [
  '169.254.169.254/32', // nearly everybody
  '169.254.170.2/32', // credentials of containers on AWS
  '169.254.170.23/32', // of pods there
  'fd00:ec2::254/128',
  'fd00:ec2::23/128',
  'fd20:ce::254/128', // Google
  '100.100.100.200/32', // Alibaba
  '168.63.129.16/32', // the host of an Azure machine
  '192.0.0.192/32', // Oracle
].map(cidr)

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
  return isPublic(ip) || isNamed(ip, allowedNetworks)
}

/** Whether the operator allows the address, public or not. One of cloud metadata has to be named alone. */
export function isInNetworks(address: string, networks: readonly Cidr[]): boolean {
  const ip = parseAddress(address)
  return ip !== undefined && isNamed(ip, networks)
}

function isNamed(ip: ipaddr.IPv4 | ipaddr.IPv6, networks: readonly Cidr[]): boolean {
  const bitsMin = metadata.some((one) => isWithin(ip, one)) ? (ip.kind() === 'ipv4' ? 32 : 128) : 0
  return networks.some((network) => network[1] >= bitsMin && isWithin(ip, network))
}

function isPublic(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() !== 'unicast' || metadata.some((one) => isWithin(ip, one))) return false
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

/** The IP address that a URL's host is, without brackets; undefined for a name. */
export function literalAddress(host: string): string | undefined {
  if (host.startsWith('[')) return host.slice(1, -1)
  return ipaddr.isValid(host) || isIP(host) !== 0 ? host : undefined
}

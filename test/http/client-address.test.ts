import { expect, test } from 'vitest'
import { clientAddress } from '../../server/http/client-address.ts'

const socket = '10.0.0.1'
const spoofed = '6.6.6.6, 203.0.113.7, 10.0.0.2'

test.each([
  ['the socket, whatever is claimed', socket, spoofed, false, socket],
  ['the socket, without a header', socket, undefined, 1, socket],
  ['what the only proxy heard', socket, '203.0.113.7', 1, '203.0.113.7'],
  ['what the last proxy heard, not what stands before', socket, spoofed, 1, '10.0.0.2'],
  ['what the first of two proxies heard, not what was claimed', socket, spoofed, 2, '203.0.113.7'],
  ['the furthest known, when fewer proxies were passed', socket, '203.0.113.7', 3, '203.0.113.7'],
  ['what the proxy heard, when there is no socket', null, spoofed, 1, '10.0.0.2'],
  ['an address of IPv6', socket, '2001:db8::7', 1, '2001:db8::7'],
  ['an address of IPv4 that came by IPv6, plainly', '::ffff:10.0.0.1', undefined, false, socket],
  ['nothing for what is no address', socket, 'unknown', 1, null],
  ['nothing where nothing is known', null, spoofed, false, null],
] as const)('believes %s', (_, socketAddress, forwardedFor, trustedProxies, expected) => {
  expect(clientAddress(socketAddress, forwardedFor, trustedProxies)).toBe(expected)
})

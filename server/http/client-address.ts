import { isIP } from 'node:net'

/**
 * The address that a request came from. Each of `trustedProxies` appends to `X-Forwarded-For` whom it heard from, so
 * the last ones are true; what stands before them is whatever the caller wrote. False believes the socket only. Null
 * where it is not known.
 */
export function clientAddress(
  socketAddress: string | null,
  forwardedFor: string | undefined,
  trustedProxies: number | false,
): string | null {
  const forwarded = trustedProxies === false ? [] : (forwardedFor?.split(',') ?? [])
  const heardFrom = [...forwarded.map((text) => text.trim()), socketAddress ?? '']
  const address = heardFrom[Math.max(0, heardFrom.length - 1 - Number(trustedProxies))] ?? ''
  // A socket that listens on IPv6 names callers of IPv4 this way.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(plain) === 0 ? null : plain
}

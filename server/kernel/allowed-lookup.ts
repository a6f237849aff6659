import type { LookupAddress, LookupAllOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'

/** Why a connection was not even tried, or was cut before a request was sent. */
export class DestinationError extends Error {
  readonly code: 'blocked_address' | 'dns'

  constructor(code: 'blocked_address' | 'dns', message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DestinationError'
    this.code = code
  }
}

/** Resolves a name to all its addresses, as `node:dns` does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** Of a name with hundreds of addresses, only so many are tried. */
const addressesMax = 8

/** Resolves, and gives up when any of the addresses is not allowed. */
export function allowedLookup(
  resolve: Resolve,
  isAllowed: (address: string) => boolean,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(dnsError(hostname, error), [])
      const bad = addresses.find(({ address }) => !isAllowed(address))
      if (bad) return callback(blocked(bad.address), [])
      const [first] = addresses
      if (!first) return callback(dnsError(hostname), [])
      if (options.all) return callback(null, addresses.slice(0, addressesMax))
      return callback(null, first.address, first.family)
    })
  }
}

export function blocked(address: string): DestinationError {
  return new DestinationError('blocked_address', `Requests to ${address} are not allowed`)
}

function dnsError(hostname: string, cause?: unknown): DestinationError {
  return new DestinationError('dns', `${hostname} was not found`, cause)
}

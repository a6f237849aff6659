import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction, Socket } from 'node:net'
import { buildConnector } from 'undici'
import { type Cidr, isAllowedAddress, literalAddress } from '../kernel/destination.ts'

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
type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

export interface ConnectorOptions {
  allowedNetworks: readonly Cidr[]
  connectTimeoutMs: number
  /** @default `lookup` of node:dns */
  lookup?: Resolve
}

/**
 * Connects for undici's `Agent`, to allowed addresses only. The addresses that were judged are the
 * ones connected to, so a name that resolves differently the next moment gains nothing.
 */
export function createConnector({
  allowedNetworks,
  connectTimeoutMs,
  lookup: resolve = lookup,
}: ConnectorOptions): buildConnector.connector {
  const isAllowed = (address: string) => isAllowedAddress(address, allowedNetworks)
  const connect = buildConnector({
    // Over HTTP/2 one connection would carry the requests of many deliveries, and its resets.
    allowH2: false,
    timeout: connectTimeoutMs,
    lookup: allowedLookup(resolve, isAllowed),
  })
  return (options, callback) => {
    // Node does not look up what is an address already.
    const literal = literalAddress(options.hostname)
    if (literal !== undefined && !isAllowed(literal)) {
      // As a connection would, never before the caller has gone on.
      queueMicrotask(() => callback(blocked(literal), null))
      return
    }
    connect(options, (...result) => {
      const [error, socket] = result
      if (error) return callback(error, null)
      const denied = refuse(socket, isAllowed)
      return denied ? callback(denied, null) : callback(null, socket)
    })
  }
}

/** Resolves, and gives up when any of the addresses is not allowed. */
function allowedLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(dnsError(hostname, error), [])
      const bad = addresses.find(({ address }) => !isAllowed(address))
      if (bad) return callback(blocked(bad.address), [])
      const [first] = addresses
      if (!first) return callback(dnsError(hostname), [])
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
    })
  }
}

/** The address of the other end decides, whatever way the connection came about. */
function refuse(socket: Socket, isAllowed: (address: string) => boolean): Error | undefined {
  const { remoteAddress } = socket
  if (remoteAddress !== undefined && isAllowed(remoteAddress)) return undefined
  socket.destroy()
  if (remoteAddress !== undefined) return blocked(remoteAddress)
  // It has no address any more once the other end has gone.
  return Object.assign(new Error('The connection was closed at once'), { code: 'ECONNRESET' })
}

function blocked(address: string): DestinationError {
  return new DestinationError('blocked_address', `Requests to ${address} are not allowed`)
}

function dnsError(hostname: string, cause?: unknown): DestinationError {
  return new DestinationError('dns', `${hostname} was not found`, cause)
}

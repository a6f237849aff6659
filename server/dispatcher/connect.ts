import { lookup } from 'node:dns'
import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import { allowedLookup, blocked, type Resolve } from '../kernel/allowed-lookup.ts'
import { type Cidr, isAllowedAddress, literalAddress } from '../kernel/destination.ts'

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

/** The address of the other end decides, whatever way the connection came about. */
function refuse(socket: Socket, isAllowed: (address: string) => boolean): Error | undefined {
  const { remoteAddress } = socket
  if (remoteAddress !== undefined && isAllowed(remoteAddress)) return undefined
  socket.destroy()
  if (remoteAddress !== undefined) return blocked(remoteAddress)
  // It has no address any more once the other end has gone.
  return Object.assign(new Error('The connection was closed at once'), { code: 'ECONNRESET' })
}

import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import { allowedLookup, blocked, DestinationError, type Resolve } from '../kernel/allowed-lookup.ts'
import { portOf } from '../kernel/destination.ts'
import type { DestinationPolicy } from '../kernel/destination-policy.ts'
import type { Logger } from '../kernel/logger.ts'
import { isAllowedAddress, isInNetworks, literalAddress } from '../kernel/network.ts'

export interface ConnectorOptions {
  policy: DestinationPolicy
  connectTimeoutMs: number
  resolve: Resolve
  /** Hears where a refused name led, which tenants do not. */
  log: Pick<Logger, 'warn'>
}

type IsAllowed = (address: string) => boolean

/**
 * Connects for undici's `Agent`, to allowed destinations only, whatever was checked when their URL was stored. The
 * addresses that were judged are the ones connected to, so a name that resolves differently the next moment gains nothing.
 */
export function createConnector({
  policy,
  connectTimeoutMs,
  resolve,
  log,
}: ConnectorOptions): buildConnector.connector {
  const { allowHttp, allowedNetworks, allowedPorts } = policy
  const guard = (isAllowed: IsAllowed) => guarded({ isAllowed, connectTimeoutMs, resolve })
  const anywhere = guard((address) => isAllowedAddress(address, allowedNetworks))
  // A port of no public service is open in the networks of the operator only.
  const inside = guard((address) => isInNetworks(address, allowedNetworks))
  return (options, callback) => {
    const { protocol, hostname, port } = options
    if (protocol !== 'https:' && !allowHttp) {
      const denied = new DestinationError('blocked_address', `${protocol} is not allowed`)
      queueMicrotask(() => callback(denied, null))
      return
    }
    const connect = allowedPorts.includes(portOf(options)) ? anywhere : inside
    connect(options, (...result) => {
      const [error] = result
      if (error instanceof DestinationError && error.code === 'blocked_address')
        log.warn({ hostname, port, reason: error.message }, 'a destination was refused')
      callback(...result)
    })
  }
}

interface Guard extends Pick<ConnectorOptions, 'connectTimeoutMs' | 'resolve'> {
  isAllowed: IsAllowed
}

function guarded({ isAllowed, connectTimeoutMs, resolve }: Guard): buildConnector.connector {
  const connect = buildConnector({
    // Over HTTP/2 one connection would carry the requests of many deliveries, and its resets.
    allowH2: false,
    timeout: connectTimeoutMs,
    lookup: allowedLookup(resolve, isAllowed),
    // Said here, so that no variable of the environment can say otherwise.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
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
function refuse(socket: Socket, isAllowed: IsAllowed): Error | undefined {
  const { remoteAddress } = socket
  if (remoteAddress !== undefined && isAllowed(remoteAddress)) return undefined
  socket.destroy()
  if (remoteAddress !== undefined) return blocked(remoteAddress)
  // It has no address any more once the other end has gone.
  return Object.assign(new Error('The connection was closed at once'), { code: 'ECONNRESET' })
}

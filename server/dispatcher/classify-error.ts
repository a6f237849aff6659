import { errors } from 'undici'
import type { FailureKind, HopelessKind, Outcome } from '../deliveries/index.ts'
import { DestinationError } from '../kernel/allowed-lookup.ts'

/** Coarse words for what went wrong on the way; addresses and library texts stay out of the log that tenants read. */
const words: Record<FailureKind, string> = {
  timeout: 'no connection in time',
  blocked_address: 'the destination is not allowed: its address, port or scheme',
  dns: 'the host name was not found',
  connect: 'the connection was refused or the host not reached',
  tls: 'the TLS handshake or certificate was not valid',
  reset: 'the connection was closed before the answer was complete',
  response_invalid: 'the answer was not valid HTTP',
  request_invalid: 'the request could not be made from the subscription',
  unprocessable: 'the delivery cannot be read',
  subscription_unusable: 'the subscription cannot be read',
  event_dropped: 'the event is not kept any more',
}

const kindOfCode: Record<string, FailureKind> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
  EADDRNOTAVAIL: 'connect',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_HEADERS_OVERFLOW: 'response_invalid',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'response_invalid',
  UND_ERR_INVALID_ARG: 'request_invalid',
  UND_ERR_NOT_SUPPORTED: 'request_invalid',
}

const tlsCode =
  /^(ERR_TLS|ERR_SSL|CERT_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/

export function hopelessOutcome(kind: HopelessKind): { kind: HopelessKind; detail: string } {
  return { kind, detail: words[kind] }
}

export function toOutcome(error: unknown): Outcome {
  const kind = kindOf(error)
  return { kind, detail: words[kind] }
}

function kindOf(error: unknown): FailureKind {
  if (error instanceof DestinationError) return error.code
  // Several addresses tried: the first says it.
  if (error instanceof AggregateError && error.errors.length > 0) return kindOf(error.errors[0])
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (tlsCode.test(code)) return 'tls'
  // Its code does not always come with it.
  if (error instanceof errors.HTTPParserError) return 'response_invalid'
  const kind = kindOfCode[code]
  if (kind) return kind
  // undici wraps what happened on the socket.
  return error instanceof Error && error.cause ? kindOf(error.cause) : 'reset'
}

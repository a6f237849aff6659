import postgres from 'postgres'
import { commonErrors } from '../kernel/errors.ts'

/** Raised by ourselves, where the driver would wait for ever. */
export class ConnectionLostError extends Error {
  readonly code:
    | 'connection_closed'
    | 'connection_silent'
    | 'no_connection_free'
    | 'database_closed'

  constructor(code: ConnectionLostError['code'], message: string) {
    super(message)
    this.name = 'ConnectionLostError'
    this.code = code
  }
}

/** What the driver and Node call a connection that could not be made or did not last. */
const networkCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
])

/**
 * Class 08 is the connection, class 53 the server's memory, disk and connection slots. 57P01 to 57P03 are a server that
 * stops, crashed or starts; 25006 is a primary that became a standby under us.
 */
const unavailableState = /^(08...|53...|57P0[123]|25006)$/

/** Whether trying again later can help without anything being repaired in the statement. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof ConnectionLostError) return true
  if (error instanceof postgres.PostgresError) return unavailableState.test(error.code)
  return error instanceof Error && 'code' in error && networkCodes.has(String(error.code))
}

/**
 * Only an ordinary error of the server is known to leave the driver's connection in order. After anything else, even a
 * parameter that could not be serialised, the driver may hold a half-written message.
 */
export function leavesConnectionUsable(error: unknown): boolean {
  return (
    error instanceof postgres.PostgresError &&
    error.severity === 'ERROR' &&
    !/^(08...|25006)$/.test(error.code)
  )
}

/** What a caller sees: `database_unavailable`, or the error of Postgres as it came. */
export function toCallerError(error: unknown): unknown {
  if (!isUnavailable(error)) return error
  return commonErrors.database_unavailable({ cause: error, retryAfterSeconds: 1 })
}

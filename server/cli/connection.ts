import { createPosthornClient, type PosthornClient } from '@posthorn/sdk'
import type { Command } from 'commander'
import { commonErrors } from '../kernel/errors.ts'
import type { Io } from './io.ts'

export interface ConnectionFlags {
  server?: string
  apiKey?: string
  organisation?: string
}

const urlDefault = 'http://127.0.0.1:8080'

/** The options of commands that speak to a server. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option('--organisation <id>', 'whose events; a key of one organisation needs it not')
    .option('--server <url>', `where the API is (POSTHORN_URL, else ${urlDefault})`)
    .option('--api-key <key>', 'what to sign in with (POSTHORN_API_KEY)')
}

/**
 * A client for them, whose requests end when the program is asked to stop.
 * @throws validation_failed when there is no key, or the URL is none
 */
export function connect(
  io: Io,
  flags: ConnectionFlags,
  options: { retries?: number } = {},
): PosthornClient {
  const apiKey = flags.apiKey ?? io.env['POSTHORN_API_KEY']
  const url = flags.server ?? (io.env['POSTHORN_URL'] || urlDefault)
  const issues = []
  if (!apiKey) {
    issues.push({
      field: 'POSTHORN_API_KEY',
      message: 'is not set',
      fix: 'Set it, or use --api-key. `posthorn keys create` makes one.',
    })
  }
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    issues.push({
      field: '--server',
      message: `is "${url}", which is no URL of http or https`,
      fix: `Use one such as ${urlDefault}.`,
    })
  }
  if (!apiKey || issues.length > 0) {
    throw commonErrors.validation_failed({ detail: 'The server cannot be asked.', issues })
  }
  return createPosthornClient({
    ...options,
    url,
    apiKey,
    ...(flags.organisation !== undefined && { organisationId: flags.organisation }),
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        signal: AbortSignal.any([io.signal, ...(init?.signal ? [init.signal] : [])]),
      }),
  })
}

import { createPosthornClient, type PosthornClient } from '@posthorn/sdk'
import type { TokenSource } from './token-source.ts'

/** Somebody is waiting: say soon that it failed, rather than try for long. */
export function createClient(
  url: string,
  tokens: TokenSource,
  organisationId?: string,
): PosthornClient {
  return createPosthornClient({
    url,
    token: tokens.getToken,
    retries: 1,
    timeoutMs: 15_000,
    ...(organisationId === undefined ? {} : { organisationId }),
  })
}

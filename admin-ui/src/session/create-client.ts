import { createPosthornClient, type PosthornClient } from '@posthorn/sdk'
import { type Slowdown, tellSlowdowns } from './patience.ts'
import { sendOnce } from './send-once.ts'
import type { TokenSource } from './token-source.ts'

export interface ClientOptions {
  url: string
  tokens: TokenSource
  onSlowdown(slowdown: Slowdown): void
  organisationId?: string | undefined
}

/** Somebody is waiting: say soon that it failed, rather than try for long. */
export function createClient(options: ClientOptions): PosthornClient {
  const { url, tokens, onSlowdown, organisationId } = options
  return createPosthornClient({
    url,
    token: tokens.getToken,
    fetch: sendOnce(tellSlowdowns((...request) => fetch(...request), onSlowdown)),
    retries: 1,
    timeoutMs: 15_000,
    ...(organisationId === undefined ? {} : { organisationId }),
  })
}

import type { ServerOptions } from 'node:http'

/**
 * How long a connection may take over its headers and over all of its request, so that slow ones do not pile up. Node
 * looks for them every 30 seconds unless told. Whatever NODE_OPTIONS say, what HTTP does not allow is refused: a proxy
 * before us might read it another way.
 */
export const connectionLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  insecureHTTPParser: false,
} satisfies ServerOptions

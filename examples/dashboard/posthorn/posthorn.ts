import { type BuiltInEvents, createPosthornClient, type PosthornClient } from '@posthorn/sdk'
import type { Posthorn } from '@posthorn/server'
import { setting } from './settings.ts'

/** Where app/api/posthorn mounts it. */
const basePath = '/api/posthorn'

interface Mounted {
  posthorn: Posthorn
  /** Calls of the API, in the name of an organisation, that stay in this process. */
  clientOf(organisationId: string): PosthornClient<BuiltInEvents>
}

/**
 * One for the whole process. Next.js bundles instrumentation and routes apart, each with a copy of this module, so a
 * variable of it would be undefined in the routes.
 */
const shared = globalThis as { dashboardPosthorn?: Mounted }

/** @throws Error before instrumentation.ts has run, as while building */
export function getPosthorn(): Mounted {
  if (shared.dashboardPosthorn) return shared.dashboardPosthorn
  throw new Error('Posthorn does not run in this process: instrumentation.ts starts it.')
}

/** Called once, by instrumentation.ts. */
export async function mountPosthorn() {
  // Left to Node: its console and its migrations are files beside its code, where a bundle would not find them.
  const { createPosthorn, drainOnSignals } = await import(
    /* turbopackIgnore: true */ '@posthorn/server'
  )
  const apiKey = setting('POSTHORN_API_KEY')
  const posthorn = createPosthorn({
    database: setting('DATABASE_URL'),
    basePath,
    encryptionKeys: setting('POSTHORN_ENCRYPTION_KEYS').split(','),
    // Created when it is not there yet: the key by which the dashboard's own code calls the API.
    bootstrapApiKey: apiKey,
    // Receivers on this machine, without TLS. Not for a server that others reach.
    ...(process.env['DASHBOARD_LOCAL_RECEIVERS'] === 'true' && {
      allowHttp: true,
      allowedNetworks: ['127.0.0.0/8'],
    }),
  })
  shared.dashboardPosthorn = {
    posthorn,
    clientOf: (organisationId) =>
      createPosthornClient<BuiltInEvents>({
        url: `http://dashboard${basePath}`,
        apiKey,
        organisationId,
        fetch: async (input, init) => posthorn.fetch(new Request(input, init)),
      }),
  }
  return { posthorn, drainOnSignals }
}

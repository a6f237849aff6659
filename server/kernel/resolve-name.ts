import { type LookupAddress, type LookupAllOptions, lookup, promises } from 'node:dns'
import { callbackify, promisify } from 'node:util'
import type { Resolve } from './allowed-lookup.ts'
import type { Clock } from './clock.ts'

/** A name gets two tries within the five seconds that a connection may take. */
const tryMs = 2500
const tries = 2
/** Name servers are read anew so often, for machines that change networks. */
const renewMs = 60_000
/** Lookups by the operating system at once: each takes one of four threads for as long as it hangs. */
const systemLookupsMax = 2

export interface NameServices {
  clock: Clock
  /** Whether names that only this machine knows are looked for as well: its hosts file, its search domains. */
  knowsOwnNames: boolean
  /** Name servers, `host:port`. @default those of the machine */
  servers?: readonly string[]
}

const lookupBySystem = promisify(lookup)

/**
 * Asks the name servers itself. The operating system's lookup would hold a thread per name that hangs, and with four of
 * those every other connection of the process waits as well.
 */
export function createResolve({ clock, knowsOwnNames, servers }: NameServices): Resolve {
  let resolver: promises.Resolver | undefined
  let madeAtMs = 0
  let systemLookups = 0

  function currentResolver(): promises.Resolver {
    const nowMs = clock.monotonicMs()
    if (resolver && nowMs - madeAtMs < renewMs) return resolver
    resolver = new promises.Resolver({ timeout: tryMs, tries })
    if (servers) resolver.setServers(servers)
    madeAtMs = nowMs
    return resolver
  }

  async function askSystem(hostname: string): Promise<LookupAddress[]> {
    systemLookups++
    return lookupBySystem(hostname, { all: true }).finally(() => {
      systemLookups--
    })
  }

  return callbackify(
    async (hostname: string, _options: LookupAllOptions): Promise<LookupAddress[]> => {
      if (knowsOwnNames && isLocal(hostname)) return askSystem(hostname)
      try {
        return await askServers(currentResolver(), hostname)
      } catch (error) {
        if (!knowsOwnNames || !isUnknown(error) || systemLookups >= systemLookupsMax) throw error
        return askSystem(hostname)
      }
    },
  )
}

/** Both families; one that is not answered leaves the other. */
async function askServers(resolver: promises.Resolver, hostname: string): Promise<LookupAddress[]> {
  const [four, six] = await Promise.allSettled([
    resolver.resolve4(hostname),
    resolver.resolve6(hostname),
  ])
  const addresses = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ]
  if (four.status === 'rejected' && addresses.length === 0) throw four.reason
  return addresses
}

function isLocal(hostname: string): boolean {
  return /(^|\.)localhost\.?$/i.test(hostname)
}

/** No server, or none that knows the name. Not one that is silent: its names would hold the threads. */
function isUnknown(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOTFOUND' || code === 'ENODATA' || code === 'ECONNREFUSED'
}

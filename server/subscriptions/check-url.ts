import type { Context } from '../context.ts'
import { allowedLookup, DestinationError, type Resolve } from '../kernel/allowed-lookup.ts'
import { checkDestinationUrl, portOf } from '../kernel/destination.ts'
import { isAllowedAddress, isInNetworks, literalAddress } from '../kernel/network.ts'
import { createResolve } from '../kernel/resolve-name.ts'
import { subscriptionErrors } from './errors.ts'

export interface UrlCheck {
  allowed: boolean
  /** Where its name leads, as far as that is public. */
  addresses?: string[]
  /** Of a URL that is not allowed. */
  reason?: string
  fix?: string | undefined
}

/** A check is cheap to ask for; name servers are not asked for more of them at once. */
const lookupsMax = 2
const lookupTimeoutMs = 5000

const notFound: UrlCheck = {
  allowed: false,
  reason: 'has a host name that was not found',
  fix: 'Use a host name that the internet knows.',
}
const notAllowed: UrlCheck = {
  allowed: false,
  reason: 'leads to an address or a port that is not allowed',
  fix: 'Use a public host name and a usual port, or have the operator allow that network.',
}
const notInTime: UrlCheck = {
  allowed: false,
  reason: 'has a host name that could not be looked up in time',
  fix: 'Try again; if it stays so, the name servers of this host do not answer.',
}

/**
 * Makes the check of whether deliveries may go to a URL, by the guard that they pass as well. Nothing is sent and nothing
 * connected to; of an address that is not public it says no more than a failed delivery would.
 * @throws url_checks_busy, from what is made
 */
export function createUrlCheck(
  ctx: Context,
  resolve?: Resolve,
): (url: string) => Promise<UrlCheck> {
  let lookups = 0
  let resolveName = resolve
  return async (url) => {
    const { config, clock } = ctx
    const { allowedNetworks, allowedPorts } = config
    resolveName ??= createResolve({ clock, knowsOwnNames: allowedNetworks.length > 0 })
    const [issue] = checkDestinationUrl(url, config)
    if (issue) return { allowed: false, reason: issue.message, fix: issue.fix }
    const parsed = new URL(url)
    const { hostname } = parsed
    const literal = literalAddress(hostname)
    if (literal !== undefined) return allowed([literal])
    if (lookups >= lookupsMax) throw subscriptionErrors.url_checks_busy({ retryAfterSeconds: 1 })
    lookups++
    const judge = allowedPorts.includes(portOf(parsed)) ? isAllowedAddress : isInNetworks
    const lookUp = allowedLookup(resolveName, (address) => judge(address, allowedNetworks))
    return new Promise((answer, fail) => {
      const cancel = clock.after(lookupTimeoutMs, () => answer(notInTime))
      lookUp(hostname, { all: true }, (error, addresses) => {
        lookups--
        cancel()
        if (!error && Array.isArray(addresses)) answer(allowed(addresses.map((one) => one.address)))
        else if (error instanceof DestinationError)
          answer(error.code === 'dns' ? notFound : notAllowed)
        else fail(error)
      })
    })
  }
}

/** Addresses that the operator allows although they are not public are nobody else's business. */
function allowed(addresses: readonly string[]): UrlCheck {
  return { allowed: true, addresses: addresses.filter((address) => isAllowedAddress(address, [])) }
}

import { type FieldIssue, PosthornError } from './errors.ts'
import { type Cidr, parseNetworks } from './network.ts'

/** What a destination may be. */
export interface DestinationPolicy {
  allowHttp: boolean
  allowedNetworks: readonly Cidr[]
  /** Of the public internet; in `allowedNetworks` any port may be used. */
  allowedPorts: readonly number[]
}

export interface DestinationOptions {
  /** Lets subscriptions use `http://`. For development and closed networks only. @default false */
  allowHttp?: boolean
  /**
   * Networks (CIDR) that deliveries may reach although they are not public, at any port. Addresses where clouds keep
   * metadata have to be named one by one.
   * @default none
   */
  allowedNetworks?: readonly string[]
  /**
   * Ports that deliveries may use on the public internet.
   * @default 443 and 8443, with `allowHttp` 80 and 8080 as well
   */
  allowedPorts?: readonly number[]
}

const httpsPorts = [443, 8443]
const httpPorts = [80, 8080]

/** Fills in the defaults; what is wrong goes to `issues`. */
export function resolvePolicy(
  options: DestinationOptions,
  issues: FieldIssue[],
): DestinationPolicy {
  const allowHttp = options.allowHttp ?? false
  const allowedPorts = options.allowedPorts ?? [...httpsPorts, ...(allowHttp ? httpPorts : [])]
  for (const port of allowedPorts) {
    if (Number.isInteger(port) && port >= 1 && port <= 65_535) continue
    issues.push({
      field: 'allowedPorts',
      message: `${port} is not a port`,
      fix: 'Use whole numbers from 1 to 65535.',
    })
  }
  let allowedNetworks: readonly Cidr[] = []
  try {
    allowedNetworks = parseNetworks((options.allowedNetworks ?? []).join(','))
  } catch (error) {
    if (!(error instanceof PosthornError)) throw error
    issues.push({
      field: 'allowedNetworks',
      message: error.message,
      fix: 'Use CIDR notation: 10.0.0.0/8.',
    })
  }
  return { allowHttp, allowedNetworks, allowedPorts }
}

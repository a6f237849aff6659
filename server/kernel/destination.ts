import type { DestinationPolicy } from './destination-policy.ts'
import type { FieldIssue } from './errors.ts'
import { isAllowedAddress, isInNetworks, literalAddress } from './network.ts'

const urlLengthMax = 2048

/** The port that a URL names, or that its scheme means. */
export function portOf({ protocol, port }: { protocol: string; port: string }): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

/**
 * What keeps a URL from being a destination, as far as its text tells; nothing when it may be one.
 * Where its host name leads is judged at every connection.
 */
export function checkDestinationUrl(url: string, policy: DestinationPolicy): FieldIssue[] {
  if (url.length > urlLengthMax) {
    return [issue(`has ${url.length} characters`, `Use at most ${urlLengthMax}.`)]
  }
  // URL parsers drop or rewrite these, each in its own way.
  if (/[\p{Cc}\s\\]/u.test(url)) {
    return [
      issue(
        'holds a space, a backslash or a control character',
        'Percent-encode it: a space is %20.',
      ),
    ]
  }
  const parsed = URL.parse(url)
  if (!parsed || !/^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(url)) {
    return [issue('is not an absolute URL', 'Write it in full: https://example.com/hook.')]
  }
  return [
    ...schemeIssues(parsed, policy),
    ...(parsed.username || parsed.password
      ? [
          issue(
            'holds a user name or password',
            'Send credentials in a header of the subscription.',
          ),
        ]
      : []),
    ...(url.includes('#')
      ? [issue('has a fragment, which is never sent', 'Leave out the # and what follows it.')]
      : []),
    ...hostIssues(parsed, policy),
  ]
}

function schemeIssues({ protocol }: URL, { allowHttp }: DestinationPolicy): FieldIssue[] {
  if (protocol === 'https:' || (protocol === 'http:' && allowHttp)) return []
  const fix = allowHttp ? 'Use https:// or http://.' : 'Use https://.'
  return [issue(`has the scheme ${protocol.slice(0, -1)}, which is not allowed`, fix)]
}

function hostIssues(url: URL, policy: DestinationPolicy): FieldIssue[] {
  const { allowedNetworks, allowedPorts } = policy
  const host = url.hostname.toLowerCase().replace(/\.+$/, '')
  if (host === '') return [issue('has no host', 'Name the host: https://example.com/hook.')]
  const isLocal = host === 'localhost' || host.endsWith('.localhost')
  const address = isLocal ? '127.0.0.1' : literalAddress(host)
  // A name may lead into an allowed network, whose ports are all open.
  const mayBeInside = address === undefined && allowedNetworks.length > 0
  if (mayBeInside || (address && isInNetworks(address, allowedNetworks))) return []
  if (isLocal)
    return [issue('leads to this server itself', 'Use a host name that the internet knows.')]
  if (address !== undefined && !isAllowedAddress(address, allowedNetworks)) {
    return [
      issue(
        `leads to ${address}, which is not an address of the public internet`,
        'Use a public host name, or have the operator allow that network.',
      ),
    ]
  }
  const port = portOf(url)
  // Of a scheme that is none, the port does not matter.
  if (allowedPorts.includes(port) || schemeIssues(url, policy).length > 0) return []
  const fix = `Use one of ${allowedPorts.join(', ')}, or have the operator allow that port.`
  return [issue(`has the port ${port}, which is not allowed`, fix)]
}

function issue(message: string, fix: string): FieldIssue {
  return { field: 'url', message, fix }
}

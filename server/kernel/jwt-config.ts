import type { FieldIssue } from './errors.ts'

/** JSON Web Tokens that the host signs, so that its own sessions open Posthorn. */
export interface JwtOptions {
  /** What `iss` must be. */
  issuer: string
  /** What `aud` must be, or contain: a name for Posthorn, so that tokens for others do not get in. */
  audience: string
  /** Where the host publishes its public keys. Either this or `secret`. */
  jwksUrl?: string | undefined
  /** Shared with the host, as long as the output of its hash: 32 bytes for HS256. */
  secret?: string | undefined
  /** Signatures to accept. @default RS256, ES256 and EdDSA with `jwksUrl`, HS256 with `secret` */
  algorithms?: readonly string[] | undefined
  /** How far apart the clocks may be. @default 5 */
  clockToleranceSeconds?: number | undefined
  /** Refuses tokens whose `iat` lies further back, or is missing, whatever their `exp`. @default only `exp` counts */
  maxAgeSeconds?: number | undefined
  /** Claim with the UUID of the organisation. @default 'organisation_id' */
  organisationClaim?: string | undefined
  /** Claim with the scopes: a text with spaces between them, or an array. @default 'scope' */
  scopesClaim?: string | undefined
  /**
   * What makes a token without an organisation one of the platform: a claim that is this text, or an array with it.
   * @default nothing: every token needs an organisation
   */
  platformClaim?: { name: string; value: string } | undefined
}

/** The options with every default filled in. */
export interface JwtConfig {
  issuer: string
  audience: string
  keys: URL | Uint8Array
  algorithms: readonly string[]
  clockToleranceSeconds: number
  maxAgeSeconds: number | undefined
  organisationClaim: string
  scopesClaim: string
  platformClaim: { name: string; value: string } | undefined
}

/** By whom signatures are made: with one list for both, a public key could be taken for a shared secret. */
const accepted = {
  jwksUrl: {
    all: 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' '),
    usual: ['RS256', 'ES256', 'EdDSA'],
  },
  secret: { all: ['HS256', 'HS384', 'HS512'], usual: ['HS256'] },
}

/** Fills in the defaults, and adds to `issues` whatever is wrong, each with its fix. */
export function resolveJwt(options: JwtOptions, issues: FieldIssue[]): JwtConfig {
  const complain = (name: string, message: string, fix: string) =>
    issues.push({ field: `jwt.${name}`, message, fix })
  if (!options.issuer) complain('issuer', 'is missing', 'Set it to the `iss` of the tokens.')
  if (!options.audience) {
    complain('audience', 'is missing', 'Choose a name for Posthorn and sign it into `aud`.')
  }
  const { jwksUrl, secret, clockToleranceSeconds = 5, maxAgeSeconds, platformClaim } = options
  if ((jwksUrl === undefined) === (secret === undefined)) {
    const message =
      jwksUrl === undefined ? 'or jwt.secret is needed' : 'and jwt.secret are both set'
    complain('jwksUrl', message, 'Set one of the two.')
  }
  if (jwksUrl !== undefined && !isTrustworthy(jwksUrl)) {
    const fix = 'Use an https:// URL; http:// only for a server on this machine.'
    complain('jwksUrl', 'cannot be trusted', fix)
  }
  const { all, usual } = accepted[secret === undefined ? 'jwksUrl' : 'secret']
  const algorithms = options.algorithms ?? usual
  const strange = algorithms.filter((name) => !all.includes(name))
  if (strange.length > 0 || algorithms.length === 0) {
    const message = strange.length > 0 ? `has ${strange.join(', ')}` : 'is empty'
    complain('algorithms', message, `Choose among ${all.join(', ')}.`)
  }
  const key = new TextEncoder().encode(secret)
  const bytesMin = Math.max(
    32,
    ...algorithms.map((name) => Number(/^HS(\d+)$/.exec(name)?.[1]) / 8 || 0),
  )
  if (secret !== undefined && key.byteLength < bytesMin) {
    const fix = `Use at least ${bytesMin} random bytes: openssl rand -base64 ${bytesMin}.`
    complain('secret', `has ${key.byteLength} bytes`, fix)
  }
  if (!(clockToleranceSeconds >= 0 && clockToleranceSeconds <= 300)) {
    const fix = 'Use a number of seconds from 0 to 300.'
    complain('clockToleranceSeconds', `is ${clockToleranceSeconds}`, fix)
  }
  if (maxAgeSeconds !== undefined && !(Number.isInteger(maxAgeSeconds) && maxAgeSeconds > 0)) {
    const fix = 'Use a whole number of seconds, or leave it out.'
    complain('maxAgeSeconds', `is ${maxAgeSeconds}`, fix)
  }
  for (const name of ['organisationClaim', 'scopesClaim'] as const) {
    if (options[name] === '') complain(name, 'is empty', 'Name the claim, or leave it out.')
  }
  if (platformClaim !== undefined && !(platformClaim.name && platformClaim.value)) {
    complain('platformClaim', 'is not complete', 'Set both its name and its value, or neither.')
  }
  return {
    issuer: options.issuer,
    audience: options.audience,
    keys: jwksUrl !== undefined && URL.canParse(jwksUrl) ? new URL(jwksUrl) : key,
    algorithms,
    clockToleranceSeconds,
    maxAgeSeconds,
    organisationClaim: options.organisationClaim ?? 'organisation_id',
    scopesClaim: options.scopesClaim ?? 'scope',
    platformClaim,
  }
}

/** Who can change the answer can sign tokens. */
function isTrustworthy(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLocal)
}

import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import type { JwtConfig } from '../kernel/jwt-config.ts'
import { actorOfClaims } from './actor-of-claims.ts'
import { accessErrors } from './errors.ts'

/** Who a JWT stands for, or why it is not accepted. @throws signing_keys_unavailable */
export type VerifyJwt = (token: string) => Promise<Actor | string>

/** The keys of the host are fetched when first needed and kept. */
export function createJwtVerifier(config: JwtConfig, clock: Clock): VerifyJwt {
  const getKey = config.keys instanceof URL ? fetchKeys(config.keys) : sharedKey(config.keys)
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, getKey, {
        issuer: config.issuer,
        audience: config.audience,
        algorithms: [...config.algorithms],
        clockTolerance: config.clockToleranceSeconds,
        ...(config.maxAgeSeconds !== undefined && { maxTokenAge: config.maxAgeSeconds }),
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(clock.now()),
      })
      return actorOfClaims(payload, config)
    } catch (error) {
      if (error instanceof errors.JOSEError) return whyRefused(error)
      throw error
    }
  }
}

function sharedKey(key: Uint8Array): JWTVerifyGetKey {
  return () => key
}

/** Said outright, for promises stand on them: unknown keys make one request in 30 s, known ones one in 10 minutes. */
const fetching = { timeoutDuration: 2000, cooldownDuration: 30_000, cacheMaxAge: 600_000 } as const

function fetchKeys(url: URL): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, fetching)
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw error
      if (error instanceof errors.JWKSMultipleMatchingKeys) throw error
      // Not the caller's fault: the same token is good once the host's keys can be read.
      throw accessErrors.signing_keys_unavailable({ retryAfterSeconds: 5, cause: error })
    }
  }
}

/** Claims are looked at after the signature, so that this tells nothing to who made a token up. */
function whyRefused(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The JWT has expired.'
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The claim ${error.claim} of the JWT is ${error.reason === 'missing' ? 'missing' : 'not as it must be here'}.`
  }
  return 'The token is no API key and no portal token, and no JWT with a signature that is accepted here.'
}

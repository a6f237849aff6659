import { createHmac, randomBytes } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { LimitConfig } from '../kernel/limit-config.ts'
import { limitErrors } from './errors.ts'

const windowSeconds = 60
/** Bounds memory: whoever makes up addresses and keys shares a place with others who fail. */
const placesMax = 16_384

/** Counts requests whose credentials are not valid. A valid one is never asked for: it passes whatever others do. */
export interface FailureLimit {
  /**
   * Notes a failure from `address`, with a credential that names itself by `prefix`.
   * @throws too_many_failures once there were too many of either within a minute
   */
  note(address: string | null, prefix: string | undefined): Promise<void>
}

export function createFailureLimit({ rateLimits }: LimitConfig): FailureLimit {
  const points = rateLimits.failuresPerMinute
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds, keyPrefix: '' })
  // Nobody outside can choose whose place to share.
  const salt = randomBytes(16)
  const placeOf = (text: string) =>
    createHmac('sha256', salt).update(text).digest().readUInt32LE() % placesMax
  return {
    async note(address, prefix) {
      if (points === 0) return
      const places = [`a${placeOf(networkOf(address ?? ''))}`]
      if (prefix !== undefined) places.push(`p${placeOf(prefix)}`)
      const counts = await Promise.all(places.map((place) => limiter.penalty(place)))
      const over = counts.filter(({ consumedPoints }) => consumedPoints > points)
      if (over.length === 0) return
      const waitMs = Math.max(...over.map(({ msBeforeNext }) => msBeforeNext))
      throw limitErrors.too_many_failures({
        detail: 'Check the credential. One that is valid is accepted at any time, from here too.',
        retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
      })
    },
  }
}

/** Of IPv6 the 64 bits that one customer has to himself. */
function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  return ipaddr.IPv6.parse(address).parts.slice(0, 4).join(':')
}

import { hash, randomFillSync } from 'node:crypto'
import { v7, validate, version } from 'uuid'

/** Number of buckets that work is divided into: the unit a dispatcher owns. */
export const bucketCount = 64

/** Where the deliveries of pull subscriptions wait, of all organisations: no dispatcher owns it, so none ever sees them. */
export const pulledBucket = 64

/** Random bytes are drawn for many ids at once: a draw costs several times what the rest of an id does. */
const pool = Buffer.alloc(8192)
let poolUsed = pool.length

function randomBytes16(): Buffer {
  if (poolUsed === pool.length) {
    randomFillSync(pool)
    poolUsed = 0
  }
  poolUsed += 16
  return pool.subarray(poolUsed - 16, poolUsed)
}

let lastMs = 0
let sequence = 0

/** A new UUIDv7: time-ordered, monotonic within this process (RFC 9562 §6.2, method 1). */
export function newId(): string {
  const nowMs = Date.now()
  const random = randomBytes16()
  if (nowMs > lastMs) {
    lastMs = nowMs
    // Half of the range is left to count on within the millisecond.
    sequence = random.readUInt32BE(0) >>> 1
  } else if (++sequence > 0xffff_ffff) {
    lastMs++
    sequence = 0
  }
  return v7({ msecs: lastMs, seq: sequence, random })
}

/** A new UUIDv7 of a given millisecond: for facts that are older than their record. */
export function newIdAt(timeMs: number): string {
  return v7({ msecs: timeMs })
}

/**
 * The id of the delivery of an event to a subscription: the event's millisecond, then a hash of both, shaped as a UUIDv7.
 * Being derived, the primary key alone holds the promise of one delivery per pair, and no randomness is spent on it.
 * A subscription of the platform hears of two organisations that use the same id, so it takes `organisationId`, too.
 */
export function deliveryIdOf(eventId: string, subscriptionId: string, organisationId = ''): string {
  const digest = hash('sha256', eventId + subscriptionId + organisationId, 'hex')
  return withDigest(eventId.slice(0, 14), digest)
}

/**
 * Whose order is kept in a lane that many organisations share: an entity of one, whatever entities the others name. As
 * `order_key` of `delivery_queue` is computed in SQL, too.
 */
export function sharedOrderKeyOf(organisationId: string, entityId: string): string {
  const digest = hash('sha256', organisationId + entityId, 'hex')
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

/** The UUIDv7 of a millisecond and a name: the same two always make the same id. */
export function derivedIdAt(timeMs: number, name: string): string {
  return withDigest(lowestIdAt(timeMs).slice(0, 14), hash('sha256', name, 'hex'))
}

/** A UUIDv7 of its first 14 characters, the time, and a hash. */
function withDigest(time: string, digest: string): string {
  const variant = '89ab'[Number.parseInt(digest.charAt(3), 16) & 3]
  return `${time}7${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`
}

export function isUuid(value: string): boolean {
  return validate(value)
}

/** Any 128-bit id in UUID form, as Postgres takes it, whatever its version. */
export function isGuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}

export function isUuidV7(value: string): boolean {
  return validate(value) && version(value) === 7
}

/** The millisecond a UUIDv7 was made (RFC 9562 §5.7: the first 48 bits). */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

/** The lowest UUIDv7-ordered value of a millisecond: a partition bound, not an id to hand out. */
export function lowestIdAt(timeMs: number): string {
  const hex = Math.max(0, Math.floor(timeMs)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** The bucket of an organisation: the low six bits of its id, as `bucket_of()` computes it in SQL. */
export function bucketOf(organisationId: string): number {
  return Number.parseInt(organisationId.slice(-2), 16) & (bucketCount - 1)
}

/** The buckets in which deliveries of an organisation wait, or of any. */
export function bucketsOf(organisationId: string | null | undefined): number[] {
  if (organisationId) return [bucketOf(organisationId), pulledBucket]
  return [...Array(bucketCount).keys(), pulledBucket]
}

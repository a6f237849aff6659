import { z } from 'zod'
import type { Settlement } from '../deliveries/index.ts'

/*
 * What dispatchers tell the processes in which somebody watches: which attempts they settled, not what is in them. Every
 * login of the database may listen to every channel, and row-level security does not reach there.
 */

/** Postgres takes less than 8,000 bytes; an attempt needs about 100. */
export const attemptsPerNotification = 70

const attemptKeySchema = z.tuple([
  z.guid(),
  z.guid(),
  z.int(),
  z.enum(['pending', 'succeeded', 'failed', 'cancelled']),
])

const notificationSchema = z.object({
  /** Who tells. */
  from: z.string(),
  /** One more than that of the notification before: a missing one is noticed. */
  sequence: z.int(),
  attempts: z.array(attemptKeySchema),
  /** The last one: silence from now on means nothing. */
  bye: z.boolean().optional(),
})

/** Organisation, delivery, number of the attempt, and the status of the delivery after it. */
export type AttemptKey = z.infer<typeof attemptKeySchema>
export type Notification = z.infer<typeof notificationSchema>

export function toAttemptKey(settlement: Settlement): AttemptKey {
  const { organisation_id, id, attempts, status } = settlement
  return [organisation_id, id, attempts + 1, status]
}

export function encodeNotification(notification: Notification): string {
  return JSON.stringify(notification)
}

/** Undefined for what is not one: anybody may write to a channel. */
export function decodeNotification(payload: string): Notification | undefined {
  try {
    return notificationSchema.parse(JSON.parse(payload))
  } catch {
    return undefined
  }
}

/** The channel of an installation; names of schemas are no longer than those of channels may be. */
export function channelOf(schema: string): string {
  return schema
}

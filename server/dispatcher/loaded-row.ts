import { type DeliveryTrigger, webhookBody } from '../deliveries/index.ts'
import type { QueuedDelivery } from '../publishing/index.ts'
import type { LaneCursor } from './lane.ts'
import type { Hopeless } from './refuse.ts'

/** A queue row with its event, as the loading statements select it. */
export interface LoadedRow {
  organisationId: string
  id: string
  subscriptionId: string
  bucket: number
  attempts: number
  attemptsBefore: number
  trigger: DeliveryTrigger
  orderKey: string | null
  dueAt: string
  dueAtMs: number
  /** Of the statement. */
  nowMs: number
  /** Among the rows read of its lane, from 1. */
  position?: number
  eventId: string
  /** Null when the event is gone. */
  eventType: string | null
  entityType: string
  entityId: string
  userId: string | null
  correlationId: string | null
  source: string
  createdAt: Date
  dataJson: string
}

export interface LoadedDelivery {
  bucket: number
  subscriptionId: string
  cursor: LaneCursor
  dueAtMs: number
  nowMs: number
  position: number
  id: string
  attempts: number
  orderKey: string | null
  /** The delivery, or why there is none to send. */
  delivery: QueuedDelivery | undefined
  hopeless: Hopeless | undefined
}

/** One row that cannot be read must not hold up those beside it: whatever is wrong with it, it is an answer. */
export function readRow(row: LoadedRow): LoadedDelivery {
  const { id, bucket, subscriptionId, attempts, orderKey, dueAtMs, nowMs, position = 1 } = row
  const cursor = { dueAt: row.dueAt, id }
  const place = { id, bucket, subscriptionId, attempts, orderKey, dueAtMs, nowMs, position, cursor }
  if (row.eventType === null) {
    return { ...place, delivery: undefined, hopeless: hopelessRow(row, 'event_dropped') }
  }
  try {
    return { ...place, delivery: toDelivery(row, row.eventType), hopeless: undefined }
  } catch {
    return { ...place, delivery: undefined, hopeless: hopelessRow(row, 'unprocessable') }
  }
}

function toDelivery(row: LoadedRow, eventType: string): QueuedDelivery {
  const { organisationId, entityType, entityId } = row
  const event = { ...row, id: row.eventId, eventType, createdAt: row.createdAt.toISOString() }
  return {
    organisationId,
    id: row.id,
    subscriptionId: row.subscriptionId,
    bucket: row.bucket,
    attempts: row.attempts,
    attemptsBefore: row.attemptsBefore,
    trigger: row.trigger,
    orderKey: row.orderKey,
    event: {
      id: row.eventId,
      eventType,
      entityType,
      entityId,
      body: Buffer.from(webhookBody(event)),
    },
  }
}

const nobody = '00000000-0000-0000-0000-000000000000'

function hopelessRow(row: LoadedRow, kind: Hopeless['kind']): Hopeless {
  const { organisationId, id, subscriptionId, attempts, trigger } = row
  return {
    kind,
    organisationId,
    id,
    subscriptionId,
    attempts,
    trigger,
    event: {
      id: row.eventId,
      eventType: row.eventType ?? 'unknown',
      entityType: row.entityType ?? 'unknown',
      entityId: row.entityId ?? nobody,
    },
  }
}

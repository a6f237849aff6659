import type { FieldIssue } from '../api-error.ts'
import type { EventToEmit } from '../event-catalogue.ts'
import { isUuidV7, timeOfUuidV7, uuidV7, uuidV7At } from '../uuid-v7.ts'
import { checkFields } from './event-fields.ts'
import { findUnstorable } from './find-unstorable.ts'

/** Of an event's data, as compact JSON. */
const dataLengthMax = 256 * 1024
/** Clocks of producers may run this far ahead. */
const skewMs = 5 * 60_000
const sourceDefault = 'dashboard'
/** What only Posthorn itself reports. */
const reservedSource = 'posthorn'
const reservedEventTypes: readonly string[] = ['SubscriptionDisabled', 'DeliveryExhausted']

/** An event that was checked, as it is to be stored. */
export interface EventRow {
  id: string
  organisationId: string
  entityType: string
  entityId: string
  eventType: string
  userId: string | null
  correlationId: string | null
  source: string
  /** Null: the time of the transaction. */
  createdAt: string | null
  /** `data` as JSON. */
  dataJson: string
}

/** For events that do not say it themselves. */
export interface EventDefaults {
  source?: string | undefined
  organisationId?: string | undefined
}

export type CheckedEvent = { row: EventRow; issues: [] } | { row: undefined; issues: FieldIssue[] }

/** Whether an event may be stored, as far as it can be told without the catalogue; gives it its id. */
export function checkEvent(given: EventToEmit, defaults: EventDefaults = {}): CheckedEvent {
  // After the spread: what is present but undefined must not win.
  const event = {
    ...given,
    // Whether it has one now, is checked with the other fields.
    organisationId: (given?.organisationId ?? defaults.organisationId) as string,
    source: given?.source ?? defaults.source ?? sourceDefault,
  }
  const unstorable = findUnstorable(event)
  if (unstorable) return refuse([unstorable])
  const issues = checkFields(event)
  if (issues.length > 0) return refuse(issues)
  issues.push(...checkReserved(event), ...checkTime(event))
  const dataJson = JSON.stringify(event.data)
  issues.push(...checkData(dataJson))
  if (issues.length > 0) return refuse(issues)
  const { createdAt } = event
  const row = {
    id: event.id ?? (createdAt === undefined ? uuidV7() : uuidV7At(Date.parse(createdAt))),
    organisationId: event.organisationId,
    entityType: event.entityType,
    entityId: event.entityId,
    eventType: event.eventType,
    userId: event.userId ?? null,
    correlationId: event.correlationId ?? null,
    source: event.source,
    createdAt: createdAt ?? null,
    dataJson,
  }
  return { row, issues: [] }
}

function refuse(issues: FieldIssue[]): CheckedEvent {
  return { row: undefined, issues }
}

/** Whoever hears that a subscription was disabled must be able to believe it. */
function checkReserved({ eventType, source }: EventToEmit): FieldIssue[] {
  const issues: FieldIssue[] = []
  if (reservedEventTypes.includes(eventType)) {
    const message = `${eventType} is reserved`
    issues.push({ field: 'eventType', message, fix: 'Use an event type of your own.' })
  }
  if (source === reservedSource) {
    const message = `${source} is reserved`
    const fix = `Name your own system, or leave it out for ${sourceDefault}.`
    issues.push({ field: 'source', message, fix })
  }
  return issues
}

/** How old it may be, only the database knows: there are partitions for the retained time. */
function checkTime({ id, createdAt }: EventToEmit): FieldIssue[] {
  if (id !== undefined && !isUuidV7(id)) {
    const fix = 'Send a UUIDv7, or no id and one is made.'
    return [{ field: 'id', message: 'is not a UUIDv7', fix }]
  }
  const [field, timeMs] =
    id !== undefined
      ? ['id', timeOfUuidV7(id)]
      : ['createdAt', createdAt === undefined ? 0 : Date.parse(createdAt)]
  if (timeMs <= Date.now() + skewMs) return []
  const message = `lies at ${new Date(timeMs).toISOString()}`
  return [{ field, message, fix: 'Use a time that is not in the future.' }]
}

function checkData(dataJson: string): FieldIssue[] {
  // A Date is an object, but not in JSON.
  if (!dataJson.startsWith('{')) return [{ field: 'data', message: 'must be an object in JSON' }]
  if (dataJson.length <= dataLengthMax) return []
  const fix = `Keep an event below ${dataLengthMax} bytes.`
  return [{ field: 'data', message: 'is too large', fix }]
}

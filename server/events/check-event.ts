import { isOperational, type KnownEventType, operationalSource } from '../catalogue/index.ts'
import type { FieldIssue, PosthornError } from '../kernel/errors.ts'
import { isUuidV7, newId, newIdAt, timeOfId } from '../kernel/ids.ts'
import { jsonbText } from '../kernel/jsonb-text.ts'
import { eventErrors } from './errors.ts'
import { type EventInput, sourceDefault } from './schemas.ts'

const dayMs = 86_400_000
/** Of an event's data, as compact JSON. */
const dataBytesMax = 256 * 1024
/** Clocks of producers may run this far ahead. */
const skewMs = 5 * 60_000

/** An event that may be stored: checked, with its id and time. */
export interface CheckedEvent {
  id: string
  entityType: string
  entityId: string
  eventType: string
  organisationId: string
  userId: string | null
  correlationId: string | null
  source: string
  createdAt: string
  /** Whether the producer said when; if not, the time is not part of what makes two events the same. */
  createdAtGiven: boolean
  data: unknown
  /** `data` as JSON with every number as the producer wrote it. */
  dataJson: string
  /** The same as Postgres prints it, where that can be told without asking. */
  storedJson: string | undefined
  warnings: FieldIssue[]
}

export interface CheckEventFacts {
  input: EventInput
  organisationId: string
  /** `data` with its exact numbers. */
  exactData: unknown
  types: ReadonlyMap<string, KnownEventType>
  nowMs: number
  retentionDays: number
}

/** Decides whether an event may be stored. @throws an error that names the field and the fix */
export function checkEvent(facts: CheckEventFacts): CheckedEvent {
  const { input, types, nowMs } = facts
  checkNotOurs(input)
  const oldestMs = nowMs - facts.retentionDays * dayMs
  const createdAtMs = input.createdAt === undefined ? nowMs : Date.parse(input.createdAt)
  if (input.id === undefined) {
    checkTime('createdAt', createdAtMs, oldestMs, nowMs)
  } else {
    if (!isUuidV7(input.id)) throw notV7()
    checkTime('id', timeOfId(input.id), oldestMs, nowMs)
  }
  const storedJson = jsonbText(facts.exactData)
  const dataJson = storedJson ?? JSON.stringify(facts.exactData)
  checkSize(dataJson, facts.exactData)
  return {
    id: input.id?.toLowerCase() ?? (input.createdAt === undefined ? newId() : newIdAt(createdAtMs)),
    entityType: input.entityType,
    entityId: input.entityId.toLowerCase(),
    eventType: input.eventType,
    organisationId: facts.organisationId.toLowerCase(),
    userId: input.userId?.toLowerCase() ?? null,
    correlationId: input.correlationId?.toLowerCase() ?? null,
    source: input.source ?? sourceDefault,
    createdAt: new Date(createdAtMs).toISOString(),
    createdAtGiven: input.createdAt !== undefined,
    data: input.data,
    dataJson,
    storedJson,
    warnings: checkAgainstCatalogue(input, types),
  }
}

/** Whoever hears that a subscription was disabled must be able to believe it. */
function checkNotOurs({ eventType, source }: EventInput): void {
  const reserved = (field: string, value: string, fix: string) =>
    eventErrors.event_type_reserved({ issues: [{ field, message: `${value} is reserved`, fix }] })
  if (isOperational(eventType)) {
    throw reserved(
      'eventType',
      eventType,
      'Use an event type of your own: PUT /v1/event-types/{name}.',
    )
  }
  if (source === operationalSource)
    throw reserved('source', source, `Name your own system, or leave it out for ${sourceDefault}.`)
}

function checkAgainstCatalogue(
  input: EventInput,
  types: ReadonlyMap<string, KnownEventType>,
): FieldIssue[] {
  const type = types.get(input.eventType)
  if (!type) {
    throw eventErrors.event_type_unknown({
      issues: [
        {
          field: 'eventType',
          message: `${input.eventType} is not in the catalogue`,
          fix: 'GET /v1/event-types lists the types; PUT /v1/event-types/{name} adds one.',
        },
      ],
    })
  }
  if (type.entityType !== input.entityType) {
    throw eventErrors.event_type_unknown({
      issues: [
        {
          field: 'entityType',
          message: `${input.eventType} is about ${type.entityType}, not ${input.entityType}`,
          fix: `Send entityType ${type.entityType}.`,
        },
      ],
    })
  }
  if (type.validation === 'off') return []
  const issues = type.check(input.data)
  if (issues.length > 0 && type.validation === 'strict')
    throw eventErrors.event_data_invalid({ issues })
  return issues
}

function notV7(): PosthornError {
  return eventErrors.event_id_invalid({
    issues: [
      { field: 'id', message: 'is not a UUIDv7', fix: 'Send a UUIDv7, or no id and one is made.' },
    ],
  })
}

function checkTime(field: string, timeMs: number, oldestMs: number, nowMs: number): void {
  if (timeMs >= oldestMs && timeMs <= nowMs + skewMs) return
  const oldest = new Date(oldestMs).toISOString()
  throw eventErrors.event_id_out_of_range({
    issues: [
      {
        field,
        message: `lies at ${new Date(timeMs).toISOString()}`,
        fix: `Use a time between ${oldest} and now: older events are not retained.`,
      },
    ],
  })
}

function checkSize(dataJson: string, exactData: unknown): void {
  if (dataJson.length <= dataBytesMax || JSON.stringify(exactData).length <= dataBytesMax) return
  throw eventErrors.event_too_large({
    issues: [
      {
        field: 'data',
        message: 'is too large',
        fix: `Keep an event below ${dataBytesMax} bytes.`,
      },
    ],
  })
}

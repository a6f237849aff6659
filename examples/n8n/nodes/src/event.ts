import { randomBytes } from 'node:crypto'

/** Of an action node: the fields of one item; empty ones are left out. */
export interface EventFields {
  id: string
  entityType: string
  entityId: string
  eventType: string
  organisationId: string
  /** JSON, as text or parsed. */
  data: unknown
  userId: string
  correlationId: string
  source: string
}

/** The body of `POST /v1/events`. @throws Error when the data is not a JSON object */
export function eventBody({ data, ...fields }: EventFields): Record<string, unknown> {
  const given = Object.entries(fields).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(given), data: readData(data) }
}

function readData(data: unknown): object {
  const value = typeof data === 'string' ? parse(data) : data
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Error('Data is not a JSON object: give one such as { "from": "open" }.')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`Data is not JSON: ${(error as Error).message}`)
  }
}

/** An event's id: a UUIDv7 (RFC 9562 §5.7), as Posthorn asks for. */
export function newEventId(nowMs: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

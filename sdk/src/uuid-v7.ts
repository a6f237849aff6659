let lastMs = 0
let sequence = 0

/** A new UUIDv7 (RFC 9562 §5.7, method 1 of §6.2): of two, the later one sorts after the earlier. */
export function uuidV7(): string {
  const random = crypto.getRandomValues(new Uint8Array(10))
  const nowMs = Date.now()
  if (nowMs > lastMs) {
    lastMs = nowMs
    // The upper half is left for those of the same millisecond.
    sequence = (((random[8] ?? 0) << 8) | (random[9] ?? 0)) & 0x7ff
  } else if (++sequence > 0xfff) {
    lastMs++
    sequence = 0
  }
  return format(lastMs, sequence, random)
}

/** One of a given millisecond: for facts that are older than their record. */
export function uuidV7At(timeMs: number): string {
  const random = crypto.getRandomValues(new Uint8Array(10))
  return format(timeMs, (((random[8] ?? 0) << 8) | (random[9] ?? 0)) & 0xfff, random)
}

export function isUuidV7(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value)
}

/** The millisecond in which a UUIDv7 was made: its first 48 bits. */
export function timeOfUuidV7(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

function format(timeMs: number, twelveBits: number, random: Uint8Array): string {
  const time = timeMs.toString(16).padStart(12, '0')
  const counter = twelveBits.toString(16).padStart(3, '0')
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80
  const tail = Array.from(random.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

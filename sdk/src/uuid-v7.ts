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
  const time = lastMs.toString(16).padStart(12, '0')
  const counter = sequence.toString(16).padStart(3, '0')
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80
  const tail = Array.from(random.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

/** Header bytes kept of a response. */
const headersMax = 4 * 1024

/** Response headers for the log: cookies are secrets of the receiver, and what is long is cut. */
export function keepHeaders(
  headers: Record<string, string | string[] | undefined> | null,
): Record<string, string> | null {
  if (headers === null) return null
  const kept: Record<string, string> = {}
  let bytes = 0
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'set-cookie' || value === undefined) continue
    const text = storable(Array.isArray(value) ? value.join(', ') : value)
    bytes += name.length + text.length
    if (bytes > headersMax) break
    kept[name] = text
  }
  return kept
}

/** What Postgres can store as text: it has no U+0000 and no half of a surrogate pair. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A response body as text where it is text, else as base64; a character cut in two by the limit is left out. */
export function keepBody(
  body: Buffer,
  truncated: boolean,
): { text: string; encoding: 'utf8' | 'base64' } | null {
  if (body.length === 0) return null
  const whole = truncated ? body.subarray(0, wholeCharacters(body)) : body
  try {
    const text = decoder.decode(whole)
    if (!text.includes('\0')) return { text, encoding: 'utf8' }
  } catch {
    // Not text.
  }
  return { text: body.toString('base64'), encoding: 'base64' }
}

/** Length without a multi-byte character that begins but does not end. */
function wholeCharacters(body: Buffer): number {
  for (let back = 1; back <= Math.min(4, body.length); back++) {
    const byte = body[body.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return size > back ? body.length - back : body.length
  }
  return body.length
}

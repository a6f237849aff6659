import type { FieldIssue } from '../kernel/errors.ts'

/** Headers that belong to the transport, to Posthorn or to the signature. */
const reserved =
  /^(host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*|user-agent|cookie|accept-encoding|webhook-.*|posthorn-.*)$/i

const headersMax = 20
const valueLengthMax = 1024

/** What is wrong with a subscription's own headers; names are tokens, values printable ASCII (RFC 9110 §5). */
export function checkHeaders(headers: Record<string, string>): FieldIssue[] {
  const issues: FieldIssue[] = []
  const entries = Object.entries(headers)
  if (entries.length > headersMax) {
    issues.push({
      field: 'headers',
      message: `has ${entries.length} headers`,
      fix: `Use at most ${headersMax}.`,
    })
  }
  const seen = new Set<string>()
  for (const [name, value] of entries) {
    const field = `headers.${name}`
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/.test(name)) {
      issues.push({
        field,
        message: 'is not a header name',
        fix: 'Use letters, digits and hyphens.',
      })
    } else if (reserved.test(name)) {
      issues.push({
        field,
        message: 'is set by Posthorn',
        fix: 'Choose another name, such as authorization or x-….',
      })
    } else if (seen.has(name.toLowerCase())) {
      issues.push({
        field,
        message: 'is there twice',
        fix: 'Upper and lower case make no difference: keep one of them.',
      })
    }
    seen.add(name.toLowerCase())
    if (!/^[\x20-\x7e\t]*$/.test(value) || value.length > valueLengthMax) {
      issues.push({
        field,
        message: 'has a value that cannot be sent',
        fix: `Use at most ${valueLengthMax} printable ASCII characters.`,
      })
    }
  }
  return issues
}

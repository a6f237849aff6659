import { defineErrors, type FieldIssue } from './errors.ts'
import { isRawJson, isUnsupportedNumber, parseWithExactNumbers } from './json-number.ts'
import { scanJson } from './json-scan.ts'

/** Levels of arrays and objects in JSON that is accepted; recursion over it cannot overflow. */
export const jsonDepthMax = 64

export const jsonErrors = defineErrors({
  json_invalid: { status: 400, title: 'The body is not valid JSON' },
  json_encoding_invalid: { status: 400, title: 'The body is not valid UTF-8' },
  json_too_deep: { status: 400, title: 'The JSON is nested too deeply' },
  json_character_unsupported: {
    status: 400,
    title: 'A text holds a character that cannot be stored',
  },
  json_number_unsupported: { status: 400, title: 'A number is too large, too small or too long' },
})

export interface ParsedJson {
  /** Plain JavaScript: for decisions, validation and filters. */
  value: unknown
  /**
   * The same value for storing and sending: `JSON.stringify(exact)` has the producer's numbers,
   * those that a double cannot hold as `JSON.rawJSON` objects. Is `value` when there are none.
   */
  exact: unknown
}

// Postgres's jsonb cannot hold U+0000 or half a surrogate pair, and UTF-8 text can bring both only
// as escapes. Cheap and never fooled into silence; the walk after it is exact.
const suspiciousEscape = /\\u(?:0000|[dD][89a-fA-F])/

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads JSON from outside: UTF-8, at most 64 levels deep, with nothing in it that Postgres cannot
 * store. Costs little more than `JSON.parse`.
 *
 * @throws json_invalid, json_encoding_invalid, json_too_deep, json_character_unsupported,
 *   json_number_unsupported
 */
export function parseJson(bytes: Uint8Array): ParsedJson {
  const text = decode(bytes)
  const scan = scanJson(text, jsonDepthMax)
  if (scan.tooDeepAt >= 0) throw tooDeep(text, scan.tooDeepAt)
  const value = parse(text)
  if (suspiciousEscape.test(text)) refuseUnsupportedCharacters(value)
  if (scan.hasUnsupportedNumber) throw unsupportedNumber(text)
  return { value, exact: scan.hasLossyNumber ? parseWithExactNumbers(text) : value }
}

/** Parses trusted JSON text, as the database gives it, so that every number prints as it came. */
export function exactJsonOf(text: string): unknown {
  const scan = scanJson(text, Number.POSITIVE_INFINITY)
  const exact = scan.hasLossyNumber || scan.hasUnsupportedNumber
  return exact ? parseWithExactNumbers(text) : JSON.parse(text)
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw jsonErrors.json_encoding_invalid({
      detail: 'JSON travels as UTF-8, and these bytes are not.',
      issues: [bodyIssue('is not valid UTF-8', 'Encode the body as UTF-8.')],
      cause,
    })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = text.trim() === '' ? 'The body is empty' : messageOf(cause)
    throw jsonErrors.json_invalid({
      detail: `${reason}.`,
      issues: [bodyIssue(reason, 'Send one JSON value, made by a JSON library.')],
      cause,
    })
  }
}

function tooDeep(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
  return jsonErrors.json_too_deep({
    detail: `The JSON goes deeper than ${jsonDepthMax} levels at ${place}.`,
    issues: [
      bodyIssue(`goes deeper than ${jsonDepthMax} levels at ${place}`, 'Flatten the value.'),
    ],
  })
}

function refuseUnsupportedCharacters(value: unknown): void {
  const isUnsupported = (text: string) => text.includes('\0') || !text.isWellFormed()
  const field = pathTo(value, (node) => typeof node === 'string' && isUnsupported(node))
  if (field === undefined) return
  throw jsonErrors.json_character_unsupported({
    detail: `${field || 'The body'} holds U+0000 or half of a surrogate pair, which Postgres cannot store.`,
    issues: [
      {
        field,
        message: 'holds U+0000 or half of a surrogate pair',
        fix: 'Remove it, or send binary content as base64.',
      },
    ],
  })
}

function unsupportedNumber(text: string) {
  const exact = parseWithExactNumbers(text)
  const field = pathTo(exact, (node) => isRawJson(node) && isUnsupportedNumber(node.rawJSON)) ?? ''
  return jsonErrors.json_number_unsupported({
    detail: `${field || 'The body'} holds a number outside ±1.8e308, or of more than 1,000 digits.`,
    issues: [
      {
        field,
        message: 'is a number outside ±1.8e308, or of more than 1,000 digits',
        fix: 'Send it as a string.',
      },
    ],
  })
}

/** Dotted path of the first key or value that `isIt`, or undefined. Keys count as strings. */
function pathTo(value: unknown, isIt: (node: unknown) => boolean): string | undefined {
  if (isIt(value)) return ''
  if (typeof value !== 'object' || value === null || isRawJson(value)) return undefined
  for (const [key, child] of Object.entries(value)) {
    // Printed as JSON would, so that the path itself holds nothing unprintable; and not endless.
    const name = JSON.stringify(key).slice(1, -1).slice(0, 100)
    if (isIt(key)) return name
    const below = pathTo(child, isIt)
    if (below !== undefined) return below === '' ? name : `${name}.${below}`
  }
  return undefined
}

function bodyIssue(message: string, fix: string): FieldIssue {
  return { field: '', message, fix }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

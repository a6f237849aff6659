import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

const typeNames: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const formatNames: Record<string, string> = {
  uuid: 'a UUID',
  guid: 'a UUID',
  url: 'an absolute URL',
  datetime: 'a time in RFC 3339',
  date: 'a date',
  email: 'an e-mail address',
}

const formatFixes: Record<string, string> = {
  uuid: 'Write 32 hexadecimal digits as 8-4-4-4-12: 5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11.',
  guid: 'Write 32 hexadecimal digits as 8-4-4-4-12: 5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11.',
  url: 'Write it in full: https://example.com/hook.',
  datetime: 'Write date, time and zone: 2026-01-31T09:30:00Z.',
  date: 'Write it as 2026-01-31.',
}

/** What is wrong, as the end of a sentence that begins with the field's name. */
export function describeIssue(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is required'
        : `must be ${nameOf(issue.expected)}${butWas(issue.input)}`
    case 'invalid_format':
      return `must be ${formatNames[issue.format] ?? `of the format ${issue.format}`}`
    case 'invalid_value':
      return issue.input === undefined ? 'is required' : oneOf(issue.values)
    case 'too_small':
      return sizeOf(
        issue.origin,
        issue.inclusive === false ? 'more than' : 'at least',
        issue.minimum,
      )
    case 'too_big':
      return sizeOf(
        issue.origin,
        issue.inclusive === false ? 'less than' : 'at most',
        issue.maximum,
      )
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_union':
      return describeUnion(issue)
    default:
      return undefined
  }
}

/** How to put it right, where the message alone does not say. A schema's own: `refine(…, { params: { fix } })`. */
export function fixOfIssue(issue: Issue): string | undefined {
  if (issue.code === 'custom' && typeof issue.params?.['fix'] === 'string')
    return issue.params['fix']
  if (issue.code === 'invalid_format') return formatFixes[issue.format]
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return `Send ${nameOf(issue.expected)}.`
  if (issue.code === 'invalid_value' && issue.input === undefined)
    return `Send ${listOf(issue.values)}.`
  return undefined
}

function describeUnion(issue: RawIssue & { code: 'invalid_union' }): string {
  if (issue.input === undefined) return 'is required'
  if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options)
  const choices = (issue.errors ?? []).flat().flatMap((inner) => {
    if (inner.path.length > 0) return []
    if (inner.code === 'invalid_type') return [nameOf(inner.expected)]
    return inner.code === 'invalid_value' ? [listOf(inner.values)] : []
  })
  return choices.length > 0
    ? `must be ${[...new Set(choices)].join(' or ')}`
    : 'fits none of the allowed shapes'
}

function sizeOf(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string')
    return `must have ${bound} ${limit} ${limit === 1 ? 'character' : 'characters'}`
  if (origin === 'array') return `must have ${bound} ${limit} ${limit === 1 ? 'item' : 'items'}`
  return `must be ${bound} ${limit}`
}

function nameOf(type: string): string {
  return typeNames[type] ?? type
}

/** The type that came instead; never the value, which may be a secret. */
function butWas(input: unknown): string {
  if (input === null) return ', but was null'
  if (Array.isArray(input)) return ', but was given more than once or as an array'
  return typeof input === 'number' || typeof input === 'string'
    ? ''
    : `, but was ${nameOf(typeof input)}`
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `must be ${listOf(values)}` : `must be one of ${listOf(values)}`
}

function listOf(values: readonly unknown[]): string {
  return values
    .slice(0, 50)
    .map((value) => (typeof value === 'string' ? value : String(value)))
    .join(', ')
}

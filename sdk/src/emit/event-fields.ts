import { z } from 'zod'
import type { FieldIssue } from '../api-error.ts'

const notUuid = 'must be a UUID'
const typeName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,128}$/, 'is not a name: use up to 128 letters, digits, _ . -')

/** The fields of an event, as `POST /v1/events` takes them. */
const eventFields = z.strictObject({
  id: z.string().optional(),
  entityType: typeName,
  entityId: z.guid(notUuid),
  eventType: typeName,
  data: z
    .unknown()
    .refine(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'must be an object',
    ),
  organisationId: z.guid(notUuid),
  userId: z.guid(notUuid).nullish(),
  correlationId: z.guid(notUuid).nullish(),
  source: z.string().min(1, 'must not be empty').max(128, 'must have at most 128 characters'),
  createdAt: z.iso.datetime({ offset: true, error: 'must be a time in RFC 3339' }).optional(),
})

const names = Object.keys(eventFields.shape).join(', ')

const fixes: Readonly<Record<string, string>> = {
  guid: 'Write 32 hexadecimal digits as 8-4-4-4-12: 5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11.',
  datetime: 'Write date, time and zone: 2026-01-31T09:30:00Z. Of a Date: toISOString().',
}

/** What is wrong with the fields of an event, each by itself; nothing when they are those of an event. */
export function checkFields(event: unknown): FieldIssue[] {
  const result = eventFields.safeParse(event, { reportInput: true })
  return result.success ? [] : result.error.issues.flatMap(explain)
}

function explain(issue: z.core.$ZodIssue): FieldIssue[] {
  const field = issue.path.join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: key.slice(0, 256),
        message: 'is not a known field',
        fix: `Allowed here: ${names}.`,
      }))
    case 'invalid_type':
      if (issue.input === undefined) return [{ field, message: 'is required' }]
      return [{ field, message: `must be a ${issue.expected}` }]
    case 'invalid_format': {
      const fix = fixes[issue.format]
      return [{ field, message: messageOf(issue), ...(fix !== undefined && { fix }) }]
    }
    default:
      return [{ field, message: messageOf(issue) }]
  }
}

function messageOf({ input, message }: z.core.$ZodIssue): string {
  return input === undefined ? 'is required' : message
}

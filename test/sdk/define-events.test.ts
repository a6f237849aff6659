import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  defineEvents,
  type EventDefinitions,
  jsonSchemasOf,
  parseEvent,
  type WebhookEvent,
} from '../../sdk/src/index.ts'

const events = defineEvents({
  LeaseSigned: {
    entity: 'Lease',
    data: z.object({ signedOn: z.iso.date().transform((day) => new Date(day)) }),
    example: { signedOn: '2026-03-09' },
  },
})

function mistakesOf(definitions: object): string {
  try {
    defineEvents(definitions as EventDefinitions)
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return (error as Error).message
  }
}

describe('definitions that are wrong', () => {
  test('are refused where they are made, with every mistake', () => {
    const message = mistakesOf({
      'Lease signed': { entity: 'Lease', data: z.object({}) },
      KeyLost: {
        entity: '',
        description: '',
        data: z.object({ copies: z.int() }),
        example: { copies: 'two' },
      },
      KeyFound: { entity: 'Key', data: z.object({ at: z.date() }) },
      KeyCut: { entity: 'Key', data: z.array(z.string()) },
      KeyBent: { entity: 'Key', data: {} },
    })
    expect(message.split('\n').slice(1)).toEqual([
      '  Lease signed: is not a name: use up to 128 letters, digits, _ . -',
      '  KeyLost: entity "" is not a name: use up to 128 letters, digits, _ . -',
      '  KeyLost: description has 0 characters; write 1 to 2048',
      '  KeyLost: example.copies: Invalid input: expected number, received string',
      expect.stringMatching(/^ {2}KeyFound: data cannot be said as JSON Schema: .*Date/),
      '  KeyCut: data is "array"; make it an object',
      '  KeyBent: data is not a schema that can say JSON Schema; zod can from version 4.2',
    ])
  })

  test('a check that takes its time is refused, for nobody waits where data is checked', () => {
    const data = z.object({ id: z.string().refine(async () => true) })
    expect(mistakesOf({ KeyLost: { entity: 'Key', data, example: { id: 'a' } } })).toContain(
      'KeyLost: The schema checks asynchronously',
    )
  })
})

test('the JSON Schema is that of what is sent', () => {
  expect(jsonSchemasOf(events).LeaseSigned).toMatchObject({
    type: 'object',
    properties: { signedOn: { type: 'string', format: 'date' } },
    required: ['signedOn'],
  })
})

test('a nullable word keeps its words and null', () => {
  const data = z.object({ kind: z.enum(['flat']).nullable(), only: z.literal('a').nullable() })
  const { properties } = jsonSchemasOf(defineEvents({ Changed: { entity: 'Key', data } })).Changed
  expect(properties).toEqual({
    kind: { anyOf: [{ type: 'string', enum: ['flat'] }, { type: 'null' }] },
    only: { anyOf: [{ type: 'string', const: 'a' }, { type: 'null' }] },
  })
})

describe('a verified webhook', () => {
  const webhook = (more: Partial<WebhookEvent>): WebhookEvent => ({
    id: '019a9d2e-5c00-7000-8000-000000000001',
    type: 'LeaseSigned',
    timestamp: '2026-03-09T07:42:11.000Z',
    entityType: 'Lease',
    entityId: '5f0c4a52-6a0e-4b0e-9a86-2f6f6d1c7b11',
    organisationId: '7d0c9a8e-2b1f-4c3d-8e5a-6f7b8c9d0e1f',
    userId: null,
    correlationId: null,
    source: 'dashboard',
    data: { signedOn: '2026-03-09', addedLater: true },
    ...more,
  })

  test('that fits is given back as it was sent, with what was added later', () => {
    expect(parseEvent(webhook({}), events)).toEqual(webhook({}))
  })

  test('of a type that is not defined is undefined, not an error', () => {
    for (const type of ['LeaseEnded', 'constructor', '__proto__']) {
      expect(parseEvent(webhook({ type }), events)).toBeUndefined()
    }
  })

  test('that does not fit throws, and says each field', () => {
    const wrong = webhook({ entityType: 'Key', data: { signedOn: 'today' } })
    expect(() => parseEvent(wrong, events)).toThrow(
      expect.objectContaining({
        name: 'WebhookDataError',
        eventType: 'LeaseSigned',
        issues: [
          { field: 'data.signedOn', message: 'Invalid ISO date' },
          { field: 'entityType', message: 'must be Lease' },
        ],
      }),
    )
  })
})

import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import { builtInEvents } from '../../sdk/src/built-in-events/index.ts'
import { defineEvents, type EventsOf } from '../../sdk/src/index.ts'
import { builtInEventTypes } from '../../server/catalogue/built-in-event-types.ts'
import { operationalEventTypes } from '../../server/catalogue/index.ts'

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)

test('the catalogue has the event types of the founding decision record, then those of Posthorn itself', () => {
  expect(builtInEventTypes().map(({ name }) => name)).toEqual([
    'IssueCreated',
    'IssueUpdated',
    'IssueStatusChanged',
    'IssueDeleted',
    'IssueVendorAssigned',
    'IssueNoteAdded',
    'PropertyCreated',
    'PropertyUpdated',
    'PropertyDeleted',
    'TenantCreated',
    'TenantUpdated',
    'TenantDeleted',
    'TenantMovedProperty',
    'DocumentCreated',
    'DocumentUpdated',
    'DocumentDeleted',
    'DocumentExpiring',
    'AttachmentCreated',
    'AttachmentUpdated',
    'AttachmentDeleted',
    'ConversationStarted',
    'ConversationMessageReceived',
    'ConversationResolved',
    'SubscriptionDisabled',
    'DeliveryExhausted',
  ])
})

test('they are well defined, as those of a host have to be', () => {
  expect(defineEvents(builtInEvents)).toBe(builtInEvents)
})

test('what Posthorn says of itself is among them', () => {
  for (const { eventType, entityType } of Object.values(operationalEventTypes)) {
    expect(builtInEvents[eventType].entity).toBe(entityType)
  }
})

describe.each(builtInEventTypes())(
  '$name',
  ({ name, entityType, description, schema: jsonSchema, example }) => {
    const schema: z.ZodObject = builtInEvents[name as keyof typeof builtInEvents].data
    const validate = ajv.compile(jsonSchema)

    test('belongs to the entity that its name begins with, and says when it happens', () => {
      expect(name.startsWith(entityType)).toBe(true)
      expect(description).toMatch(/^[A-Z].{15,}\.$/)
    })

    test('has an example that is valid by zod and by the JSON Schema', () => {
      expect(schema.parse(example)).toEqual(example)
      expect(validate(example), JSON.stringify(validate.errors)).toBe(true)
    })

    test('refuses the example without a required field, by zod and by the JSON Schema alike', () => {
      for (const field of Object.keys(example)) {
        const { [field]: _left, ...rest } = example
        expect(schema.safeParse(rest).success, field).toBe(validate(rest))
      }
      expect(schema.safeParse({}).success).toBe(false)
    })

    test('refuses a field of the wrong type, by zod and by the JSON Schema alike', () => {
      for (const field of Object.keys(example)) {
        for (const wrong of [null, true, -1, '', 'x', [], {}]) {
          const data = { ...example, [field]: wrong }
          expect(schema.safeParse(data).success, `${field} ${JSON.stringify(wrong)}`).toBe(
            validate(data),
          )
        }
      }
    })

    test('welcomes fields that it does not know', () => {
      const data = { ...example, addedByTheDashboard: { anything: [1] } }
      expect(schema.parse(data)).toEqual(data)
      expect(validate(data)).toBe(true)
    })

    test('describes every field, and shows it in the example', () => {
      expect(undescribed(jsonSchema)).toEqual([])
      expect(Object.keys(schema.shape).filter((field) => !(field in example))).toEqual([])
    })
  },
)

/** Paths of the properties, at any depth, that have no description. */
function undescribed(schema: unknown, path = ''): string[] {
  const { properties = {}, items } = schema as {
    properties?: Record<string, object>
    items?: object
  }
  const below = Object.entries(properties).flatMap(([name, property]) => [
    ...('description' in property ? [] : [`${path}${name}`]),
    ...undescribed(property, `${path}${name}.`),
  ])
  return items ? [...below, ...undescribed(items, `${path}*.`)] : below
}

type BuiltInCatalogue = EventsOf<typeof builtInEvents>

test('the catalogue is known while compiling: a producer’s mistake is a type error', () => {
  expectTypeOf<BuiltInCatalogue['IssueStatusChanged']['entityType']>().toEqualTypeOf<'Issue'>()
  expectTypeOf<BuiltInCatalogue['DocumentExpiring']['data']['daysLeft']>().toEqualTypeOf<number>()
  expectTypeOf<{ to: 'closed' }>().not.toExtend<BuiltInCatalogue['IssueStatusChanged']['data']>()
  expectTypeOf<'IssueExploded'>().not.toExtend<keyof BuiltInCatalogue>()
})

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  compareSchemas,
  defineEvents,
  type JsonSchema,
  jsonSchemasOf,
} from '../../sdk/src/index.ts'

const object = (properties: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...more,
})
const of = (status: unknown) => object({ status })
const required = { required: ['status'] }
const text = { type: 'string' }

/** The changes in short: `!` for breaking. */
function changes(before: JsonSchema | null, after: JsonSchema): string[] {
  return compareSchemas(before, after).map(
    ({ path, change, breaking }) => `${breaking ? '!' : ''}${path} ${change}`,
  )
}

const node = (more: JsonSchema) => ({
  $ref: '#/$defs/node',
  $defs: { node: object({ children: { items: { $ref: '#/$defs/node' } }, ...more }) },
})

describe('breaks receivers:', () => {
  test.each<[string, JsonSchema, JsonSchema, string[]]>([
    ['a field was removed', of(text), object({}), ['!data.status property_removed']],
    [
      'a required one',
      object({ status: text }, required),
      object({}),
      ['!data.status property_removed'],
    ],
    [
      'a field may be missing now',
      object({ status: text }, required),
      of(text),
      ['!data.status optional'],
    ],
    ['a field has another type', of(text), of({ type: 'number' }), ['!data.status type_widened']],
    [
      'a number was whole',
      of({ type: 'integer' }),
      of({ type: 'number' }),
      ['!data.status type_widened'],
    ],
    ['a field has no type any more', of(text), of({}), ['!data.status type_widened']],
    [
      'a field may be null now',
      of(text),
      of({ type: ['string', 'null'] }),
      ['!data.status nullable'],
    ],
    [
      'null is an alternative now',
      of(text),
      of({ anyOf: [text, { type: 'null' }] }),
      ['!data.status nullable'],
    ],
    [
      'an enum gained a value',
      of({ enum: ['a'] }),
      of({ enum: ['a', 'b'] }),
      ['!data.status values_added'],
    ],
    ['an enum became text', of({ enum: ['a'] }), of(text), ['!data.status values_added']],
    [
      'a constant changed',
      of({ const: 'a' }),
      of({ const: 'b' }),
      ['!data.status values_added', 'data.status values_removed'],
    ],
    [
      'a format changed',
      of({ ...text, format: 'date' }),
      of({ ...text, format: 'date-time' }),
      ['!data.status format'],
    ],
    ['a format went', of({ ...text, format: 'date' }), of(text), ['!data.status format']],
    [
      'a pattern changed',
      of({ ...text, pattern: '^a' }),
      of({ ...text, pattern: '^b' }),
      ['!data.status format'],
    ],
    ['a text may be empty now', of({ ...text, minLength: 1 }), of(text), ['!data.status limit']],
    [
      'a number may be larger',
      of({ type: 'number', maximum: 9 }),
      of({ type: 'number', maximum: 10 }),
      ['!data.status limit'],
    ],
    [
      'a limit is reached now',
      of({ type: 'number', exclusiveMinimum: 0 }),
      of({ type: 'number', minimum: 0 }),
      ['!data.status limit'],
    ],
    [
      'other fields were ruled out',
      object({}, { additionalProperties: false }),
      object({}),
      ['!data opened'],
    ],
    [
      'a field was added where others were ruled out',
      object({}, { additionalProperties: false }),
      object({ status: text }, { additionalProperties: false }),
      ['!data.status property_added'],
    ],
    [
      'a field of another type was added to a record',
      object({}, { additionalProperties: text }),
      object({ status: { type: 'number' } }, { additionalProperties: text }),
      ['!data.status type_widened'],
    ],
    [
      'items changed',
      of({ items: text }),
      of({ items: { type: 'number' } }),
      ['!data.status[] type_widened'],
    ],
    [
      'deep inside what holds itself',
      node({ name: text }),
      node({ name: {} }),
      ['!data.children[].name type_widened', '!data.name type_widened'],
    ],
    [
      'what cannot be judged',
      of({ not: text }),
      of({ not: { type: 'number' } }),
      ['!data.status unjudged'],
    ],
    [
      'a reference that leads nowhere',
      of({ $ref: '#/$defs/a' }),
      of({ $ref: '#/$defs/b' }),
      ['!data.status unjudged'],
    ],
    [
      'a pattern of names',
      object({}, { patternProperties: { a: text } }),
      object({ a: text }, { patternProperties: { a: text } }),
      ['data.a property_added', '!data unjudged'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected)
  })

  test('an alternative that none of the earlier ones was', () => {
    const paid = (...kinds: string[]) =>
      of({ oneOf: kinds.map((kind) => object({ kind: { const: kind } }, { required: ['kind'] })) })
    expect(changes(paid('card', 'cash'), paid('card', 'cash', 'cheque'))).toEqual([
      '!data.status.kind values_added',
      'data.status.kind values_removed',
    ])
    expect(changes(paid('card', 'cash'), paid('card'))).toEqual([])
  })
})

describe('does not break receivers:', () => {
  test.each<[string, JsonSchema | null, JsonSchema, string[]]>([
    ['a field was added', object({}), of(text), ['data.status property_added']],
    [
      'a field is always there now',
      of(text),
      object({ status: text }, required),
      ['data.status required'],
    ],
    [
      'a field is never null now',
      of({ type: ['string', 'null'] }),
      of(text),
      ['data.status type_narrowed'],
    ],
    [
      'an enum lost a value',
      of({ enum: ['a', 'b'] }),
      of({ enum: ['a'] }),
      ['data.status values_removed'],
    ],
    [
      'a word became an enum',
      of({ ...text, minLength: 1, pattern: '^[ab]$' }),
      of({ enum: ['a', 'b'] }),
      ['data.status values_removed'],
    ],
    ['a format was promised', of(text), of({ ...text, format: 'date' }), ['data.status format']],
    ['other fields are ruled out now', object({}), object({}, { additionalProperties: false }), []],
    ['texts changed', of({ ...text, description: 'a', title: 'b' }), of(text), []],
    [
      'nothing was described',
      null,
      object({ status: text }, required),
      ['data type_narrowed', 'data.status property_added'],
    ],
    [
      'a definition moved',
      of(text),
      { ...of({ $ref: '#/$defs/word' }), $defs: { word: text } },
      [],
    ],
    [
      'the same in other words',
      of({ type: ['string', 'null'] }),
      of({ anyOf: [{ type: 'null' }, text] }),
      [],
    ],
    [
      'a field called constructor',
      object({}),
      object({ constructor: text }),
      ['data.constructor property_added'],
    ],
  ])('%s', (_, before, after, expected) => {
    const found = changes(before, after)
    expect(found.filter((change) => change.startsWith('!'))).toEqual([])
    if (expected.length > 0) expect(found).toEqual(expect.arrayContaining(expected.slice(0, 1)))
  })
})

test('the message says what a reader of the old version meets', () => {
  const of = (status: z.ZodType) => ({ Changed: { entity: 'Issue', data: z.object({ status }) } })
  const schemaOf = (status: z.ZodType) => jsonSchemasOf(defineEvents(of(status))).Changed
  const [change] = compareSchemas(schemaOf(z.enum(['open'])), schemaOf(z.enum(['open', 'shut'])))
  expect(change).toEqual({
    path: 'data.status',
    change: 'values_added',
    breaking: true,
    message: 'may be "shut" now',
  })
})

/** Schemas of the parts that are judged, small enough that random values often fit them. */
const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<JsonSchema>({}, { type: 'null' }, { type: 'boolean' }, { const: 'a' }),
    fc.record(
      {
        type: fc.constantFrom('string', ['string', 'null']),
        minLength: fc.nat(2),
        maxLength: fc.nat(2),
        pattern: fc.constantFrom('^a', 'b$'),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        type: fc.constantFrom('number', 'integer', ['integer', 'null']),
        minimum: fc.nat(2),
        exclusiveMinimum: fc.nat(2),
        maximum: fc.nat(3),
        multipleOf: fc.constantFrom(1, 2),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        enum: fc.uniqueArray(fc.constantFrom('a', 'ab', 1, 2, null), { minLength: 1 }),
        minLength: fc.nat(2),
        type: fc.constantFrom('string', 'number'),
      },
      { requiredKeys: ['enum'] },
    ),
    fc.record(
      {
        type: fc.constantFrom('object', ['object', 'null']),
        properties: fc.dictionary(fc.constantFrom('a', 'b'), tie('schema'), { maxKeys: 2 }),
        required: fc.uniqueArray(fc.constantFrom('a', 'b')),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        maxProperties: fc.nat(2),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        type: fc.constant('array'),
        items: tie('schema'),
        prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 1 }),
        maxItems: fc.nat(2),
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
  ) as fc.Arbitrary<JsonSchema>,
}))

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, 0, 1, 2, 1.5, 3, '', 'a', 'ab', 'b', 'abc'),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
}))

/** A schema and one that was made of it by small changes: chance alone seldom makes two that fit. */
const pair = fc
  .tuple(schema, schema, fc.constantFrom('any', 'drop', 'add', 'choice'), fc.nat(9))
  .map(([one, other, how, at]): [JsonSchema, JsonSchema] => {
    const keywords = Object.keys(one)
    const { [keywords[at % keywords.length] ?? '']: _left, ...fewer } = one
    if (how === 'drop') return [one, fewer]
    if (how === 'add') return [fewer, one]
    return how === 'choice' ? [{ anyOf: [one, other] }, one] : [one, other]
  })

describe('whatever the schemas', () => {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false })

  test('one is compatible with itself and has no changes', () => {
    const isSame = (one: JsonSchema) => compareSchemas(one, one).length === 0
    fc.assert(fc.property(schema, isSame))
  })

  test('what is judged compatible lets through nothing that the version before ruled out', () => {
    let judged = 0
    fc.assert(
      fc.property(
        pair,
        fc.array(value, { minLength: 12, maxLength: 12 }),
        ([before, after], values) => {
          if (compareSchemas(before, after).some(({ breaking }) => breaking)) return
          const [was, is] = [ajv.compile(before), ajv.compile(after)]
          for (const one of values) {
            if (!is(one)) continue
            judged++
            expect(was(one), JSON.stringify({ before, after, one })).toBe(true)
          }
        },
      ),
      { numRuns: 1000 },
    )
    expect(judged).toBeGreaterThan(200)
  })
})

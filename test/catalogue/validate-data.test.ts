import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInEventTypes } from '../../server/catalogue/built-in-event-types.ts'
import { checkSchema, createDataValidator } from '../../server/catalogue/validate-data.ts'

const schema = {
  type: 'object',
  properties: {
    status: { enum: ['open', 'closed'] },
    cost: { type: 'number', minimum: 0 },
    'a/b~c': { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['status'],
  additionalProperties: false,
}
const validate = (data: unknown, of: unknown = schema) =>
  createDataValidator().validate({ name: 'Test', version: 1, schema: of }, data)

describe('data', () => {
  test('that fits has no issues', () => {
    expect(validate({ status: 'open', cost: 1, tags: [] })).toEqual([])
  })

  test('that does not fit is told field by field', () => {
    const issues = validate({ cost: -1, tags: ['x', 5], 'a/b~c': 1, extra: true })
    expect(issues.map(({ field, message }) => [field, message])).toEqual([
      ['data.status', 'is required'],
      ['data.extra', 'is not a field of this schema'],
      ['data.cost', 'must be >= 0'],
      ['data.a/b~c', 'must be string'],
      ['data.tags.1', 'must be string'],
    ])
    expect(validate({ status: 'done' })).toEqual([
      {
        field: 'data.status',
        message: 'is not one of the allowed values',
        fix: 'Use one of "open", "closed".',
      },
    ])
    expect(validate('text')).toEqual([{ field: 'data', message: 'must be object' }])
  })

  test('with thousands of mistakes is answered with twenty', () => {
    expect(validate({ status: 'open', tags: Array(5_000).fill(0) })).toHaveLength(20)
  })

  test('formats are checked', () => {
    const dated = { properties: { at: { type: 'string', format: 'date-time' } } }
    expect(validate({ at: 'yesterday' }, dated)).toHaveLength(1)
    expect(validate({ at: '2026-03-09T07:42:11Z' }, dated)).toEqual([])
  })

  test('what every object inherits does not count as given', () => {
    const required = { type: 'object', required: ['constructor', 'toString'] }
    expect(validate({}, required).map(({ field }) => field)).toEqual([
      'data.constructor',
      'data.toString',
    ])
    expect(validate(JSON.parse('{"__proto__":{"status":"open"}}'))).toHaveLength(2)
  })
})

describe('the cache', () => {
  test('keeps the schema of a version and compiles that of the next', () => {
    const validator = createDataValidator()
    const string = { $id: 'https://example.com/same-id', type: 'string' }
    const number = { $id: 'https://example.com/same-id', type: 'number' }
    expect(validator.validate({ name: 'T', version: 1, schema: string }, 'x')).toEqual([])
    expect(validator.validate({ name: 'T', version: 2, schema: number }, 'x')).toHaveLength(1)
    expect(validator.validate({ name: 'T', version: 1, schema: number }, 'x')).toEqual([])
  })

  test('stays right when more types are in use than it holds', () => {
    const validator = createDataValidator()
    const typeOf = (version: number) => ({ name: 'T', version, schema: { const: version } })
    for (const round of [1, 2]) {
      for (let version = 0; version < 600; version++) {
        expect(validator.validate(typeOf(version), version), `round ${round}`).toEqual([])
        expect(validator.validate(typeOf(version), -1)).toHaveLength(1)
      }
    }
  })
})

describe('a host’s schema', () => {
  test.each([
    [{}],
    [schema],
    [{ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'string' }],
    [{ $defs: { node: { properties: { next: { $ref: '#/$defs/node' } } } }, $ref: '#/$defs/node' }],
    [{ type: 'string', format: 'a-format-of-our-own', 'x-note': 'unknown keywords are fine' }],
    [{ $id: 'https://example.com/a', properties: { b: { $ref: '#/properties/c' }, c: {} } }],
  ])('%j is accepted', (candidate) => {
    expect(checkSchema(candidate)).toEqual([])
  })

  const deep = (levels: number): object => (levels ? { not: deep(levels - 1) } : {})
  const circular: Record<string, unknown> = {}
  circular['not'] = circular

  test.each<[string, unknown, string, RegExp]>([
    ['a text', 'string', 'schema', /not a JSON Schema/],
    ['null', null, 'schema', /not a JSON Schema/],
    ['an array', [], 'schema', /not a JSON Schema/],
    [
      'a wrong keyword value',
      { properties: { a: { type: 'text' } } },
      'schema.properties.a.type',
      /./,
    ],
    [
      'a pattern that is none',
      { properties: { a: { pattern: '(' } } },
      'schema',
      /Invalid regular expression/,
    ],
    [
      'an older draft',
      { $schema: 'http://json-schema.org/draft-07/schema#' },
      'schema.$schema',
      /2020-12/,
    ],
    [
      'a remote $ref',
      { $ref: 'http://127.0.0.1:1/schema.json' },
      'schema',
      /can't resolve reference/,
    ],
    ['a dangling $ref', { $ref: '#/$defs/none' }, 'schema', /can't resolve reference/],
    ['a circle', { $ref: '#' }, 'schema', /refers to itself/],
    [
      'a circle of two',
      { anyOf: [{ $ref: '#/$defs/a' }], $defs: { a: { $ref: '#' } } },
      'schema',
      /itself/,
    ],
    ['an asynchronous one', { $async: true, type: 'string' }, 'schema', /\$async/],
    ['too much depth', deep(40), 'schema', /deeper than 32/],
    ['a circular object', circular, 'schema', /deeper than 32/],
    ['too much text', { description: 'x'.repeat(70_000) }, 'schema', /bytes/],
  ])('%s is refused, with the field and a reason', (_name, candidate, field, message) => {
    const [issue] = checkSchema(candidate)
    expect(issue?.field).toBe(field)
    expect(issue?.message).toMatch(message)
  })

  test.each([
    [{ $async: true, type: 'string' }],
    [{ $ref: '#' }],
    [{ $ref: 'x:y' }],
    [{ type: 'text' }],
    [null],
  ])('that came in behind our back, %j, is named instead of failing', (candidate) => {
    const issues = validate({}, candidate)
    if (candidate === null) expect(issues).toEqual([])
    else expect(issues).toEqual([expect.objectContaining({ field: 'eventType' })])
  })

  test('property: whatever is sent as a schema is answered, not thrown', () => {
    const keyword = fc.constantFrom(
      'type',
      '$ref',
      'items',
      'properties',
      '$id',
      '$defs',
      'not',
      'x',
    )
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(
          'string',
          '#',
          '#/$defs/a',
          '#a',
          'http://x/y',
          true,
          null,
          0,
          '(',
        ),
        fc.dictionary(keyword, tie('any')),
        fc.array(tie('any'), { maxLength: 3 }),
      ),
    }))
    fc.assert(
      fc.property(any, fc.jsonValue(), (candidate, data) => {
        const issues = checkSchema(candidate)
        const found = validate(data, candidate)
        if (issues.length === 0) expect(found.map(({ field }) => field)).not.toContain('eventType')
      }),
      { numRuns: 300 },
    )
  })
})

test('the built-in schemas are ones that a host could send', () => {
  for (const { name, schema } of builtInEventTypes()) {
    expect(checkSchema(schema), name).toEqual([])
  }
})

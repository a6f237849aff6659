import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { fieldIssues } from '../../server/http/field-issues.ts'
import { compileFilter, explainFilter } from '../../server/subscriptions/filter.ts'
import {
  type FilterValue,
  filterSchema,
  type SubscriptionFilter,
} from '../../server/subscriptions/filter-schema.ts'

const data = {
  status: { from: 'open', to: 'closed' },
  priority: 'high',
  cost: 120,
  zero: 0,
  vendorId: null,
  urgent: false,
  tags: ['roof', 7, null],
  items: [{ id: 'a' }, { id: 'b' }],
  at: '2026-03-01T10:00:00Z',
  'a.b': { '': 1 },
}

const matches = (filter: SubscriptionFilter, of: unknown = data) =>
  compileFilter(filterSchema.parse(filter))(of)

const example: SubscriptionFilter = {
  all: [
    { path: 'status.to', equals: 'closed' },
    {
      any: [
        { path: 'priority', in: ['urgent'] },
        { path: 'cost', greaterThan: 100 },
      ],
    },
    { not: { path: 'approvedBy', exists: true } },
  ],
}

describe('a condition', () => {
  test.each<[SubscriptionFilter, boolean]>([
    [{ path: 'status.to', equals: 'closed' }, true],
    [{ path: 'status.to', equals: 'Closed' }, false],
    [{ path: ['status', 'to'], equals: 'closed' }, true],
    [{ path: 'cost', equals: 120 }, true],
    [{ path: 'cost', equals: '120' }, false],
    [{ path: 'zero', equals: -0 }, true],
    [{ path: 'zero', equals: false }, false],
    [{ path: 'urgent', equals: false }, true],
    [{ path: 'vendorId', equals: null }, true],
    [{ path: 'missing', equals: null }, false],
    [{ path: 'status', equals: null }, false],
    [{ path: 'cost', notEquals: 120 }, false],
    [{ path: 'cost', notEquals: 1 }, true],
    [{ path: 'missing', notEquals: 1 }, true],
    [{ path: 'priority', in: ['low', 'high'] }, true],
    [{ path: 'priority', in: ['low'] }, false],
    [{ path: 'missing', in: [null] }, false],
    [{ path: 'priority', notIn: ['low'] }, true],
    [{ path: 'priority', notIn: ['high'] }, false],
    [{ path: 'missing', notIn: ['high'] }, true],
    [{ path: 'cost', greaterThan: 119.9 }, true],
    [{ path: 'cost', greaterThan: 120 }, false],
    [{ path: 'cost', greaterThan: '1' }, false],
    [{ path: 'cost', greaterOrEqual: 120 }, true],
    [{ path: 'cost', lessThan: 120 }, false],
    [{ path: 'cost', lessThan: 121 }, true],
    [{ path: 'cost', lessOrEqual: 120 }, true],
    [{ path: 'missing', lessThan: 5 }, false],
    [{ path: 'vendorId', lessThan: 5 }, false],
    [{ path: 'urgent', lessThan: 5 }, false],
    [{ path: 'at', greaterThan: '2026-02-28' }, true],
    [{ path: 'at', lessThan: '2026-02-28' }, false],
    [{ path: 'vendorId', exists: true }, true],
    [{ path: 'missing', exists: true }, false],
    [{ path: 'missing', exists: false }, true],
    [{ path: 'cost', exists: false }, false],
    [{ path: 'priority', startsWith: 'hi' }, true],
    [{ path: 'priority', startsWith: 'igh' }, false],
    [{ path: 'cost', startsWith: '1' }, false],
    [{ path: 'tags', startsWith: 'roof' }, false],
    [{ path: 'priority', contains: 'ig' }, true],
    [{ path: 'cost', contains: 1 }, false],
    [{ path: 'tags', contains: 'roof' }, true],
    [{ path: 'tags', contains: 'oo' }, false],
    [{ path: 'tags', contains: 7 }, true],
    [{ path: 'tags', contains: null }, true],
    [{ path: 'status', contains: 'open' }, false],
    [{ path: 'items.1.id', equals: 'b' }, true],
    [{ path: 'items.2.id', exists: true }, false],
    [{ path: ['a.b', ''], equals: 1 }, true],
    [{ path: 'a.b', exists: true }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matches(filter)).toBe(expected)
  })

  test.each([
    '__proto__',
    'constructor',
    'constructor.name',
    'toString',
    'hasOwnProperty',
    'status.__proto__',
    'status.constructor.prototype',
    'items.length',
    'items.__proto__',
    'items.-1',
    'items.01',
    'items.1e0',
    'priority.0',
    'priority.length',
    'cost.toFixed',
    'vendorId.x',
  ])('%s leads nowhere', (path) => {
    expect(matches({ path, exists: true })).toBe(false)
    expect(matches({ path, exists: false })).toBe(true)
  })

  test.each(['.', '.*', '^hi', 'h.gh', 'high|x', '[', '(a+)+$', 'hi\\w', '%', '$&'])(
    'the text %s means itself, and is no pattern',
    (text) => {
      for (const operator of ['equals', 'startsWith', 'contains'] as const) {
        const filter = { path: 'priority', [operator]: text } as SubscriptionFilter
        expect(matches(filter), operator).toBe(false)
        expect(matches(filter, { priority: text }), operator).toBe(true)
      }
    },
  )

  test('a key that looks like the prototype is found when the data has it', () => {
    const own: unknown = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}')
    expect(matches({ path: '__proto__.polluted', equals: 1 }, own)).toBe(true)
    expect(matches({ path: 'constructor', equals: 2 }, own)).toBe(true)
    expect(matches({ path: 'polluted', exists: true }, own)).toBe(false)
  })

  test.each([undefined, null, 5, '', 'status', true, [], {}])(
    'data that is %j is no problem',
    (of) => {
      const filter: SubscriptionFilter = { path: 'status.to', equals: 'closed' }
      expect(compileFilter(filter)(of)).toBe(false)
    },
  )

  test('that came past the schema and says nothing matches nothing', () => {
    const broken = { path: 'cost', near: 120 } as unknown as SubscriptionFilter
    expect(compileFilter(broken)(data)).toBe(false)
    expect(explainFilter(broken, data)).toEqual({ matched: false, conditions: [] })
  })
})

describe('a group', () => {
  test('the example holds, and no longer when a part of it does not', () => {
    expect(matches(example)).toBe(true)
    expect(matches(example, { ...data, cost: 100 })).toBe(false)
    expect(matches(example, { ...data, cost: 100, priority: 'urgent' })).toBe(true)
    expect(matches(example, { ...data, approvedBy: null })).toBe(false)
    expect(matches(example, { ...data, status: 'closed' })).toBe(false)
  })
})

describe('an explanation', () => {
  test('names the conditions that let data match, and of alternatives those that held', () => {
    const filter: SubscriptionFilter = {
      all: [
        {
          any: [
            { path: 'cost', equals: 1 },
            { path: 'cost', equals: 120 },
          ],
        },
        { not: { path: 'approvedBy', exists: true } },
      ],
    }
    expect(explainFilter(filter, { cost: 120 })).toEqual({
      matched: true,
      conditions: [
        { path: 'cost', operator: 'equals', expected: 120, actual: 120 },
        { path: 'approvedBy', operator: 'not exists', expected: true, actual: undefined },
      ],
    })
  })

  test('names every condition in the way, with what was there', () => {
    const other = { cost: 5, status: { to: 'open' }, approvedBy: 'me' }
    expect(explainFilter(example, other)).toEqual({
      matched: false,
      conditions: [
        { path: 'status.to', operator: 'equals', expected: 'closed', actual: 'open' },
        { path: 'priority', operator: 'in', expected: ['urgent'], actual: undefined },
        { path: 'cost', operator: 'greaterThan', expected: 100, actual: 5 },
        { path: 'approvedBy', operator: 'not exists', expected: true, actual: 'me' },
      ],
    })
  })

  test('leaves out what is not in the way', () => {
    const filter: SubscriptionFilter = {
      not: {
        any: [
          { path: 'cost', equals: 120 },
          { path: 'cost', equals: 1 },
        ],
      },
    }
    expect(explainFilter(filter, data).conditions).toEqual([
      { path: 'cost', operator: 'not equals', expected: 120, actual: 120 },
    ])
  })
})

describe('the schema', () => {
  const issuesOf = async (filter: unknown) =>
    (await fieldIssues(z.object({ filter: filterSchema }), { filter })).map(
      ({ field, message, fix }) => {
        expect(fix).toMatch(/^[A-Z].*\.$/)
        return `${field} ${message}`
      },
    )
  const leaf = { path: 'a', equals: 1 }
  const nest = (filter: unknown, depth: number): unknown =>
    depth === 0 ? filter : nest({ not: filter }, depth - 1)
  const text = (length: number) => 'x'.repeat(length)

  test.each<[string, unknown]>([
    ['a condition', leaf],
    ['the example', example],
    ['5 groups deep', nest(leaf, 5)],
    ['50 conditions', { all: Array(50).fill(leaf) }],
    ['16 segments', { path: Array(16).fill('a').join('.'), exists: true }],
    ['16 segments in an array', { path: Array(16).fill('a.b'), exists: true }],
    ['100 values', { path: 'a', in: Array(100).fill(0) }],
    ['texts of 1024 characters', { path: text(1024), equals: text(1024) }],
  ])('takes %s as it is', (_, filter) => {
    expect(filterSchema.parse(filter)).toEqual(filter)
  })

  test.each<[unknown, string[]]>([
    [5, ['filter must be a condition or a group']],
    [null, ['filter must be a condition or a group']],
    [[leaf], ['filter must be a condition or a group']],
    [{}, ['filter is empty']],
    [{ path: 'a' }, ['filter has no operator']],
    [{ equals: 1 }, ['filter.path is required']],
    [{ path: 'a', equal: 1 }, ['filter.equal is not an operator']],
    [{ ...leaf, extra: 1 }, ['filter.extra is not an operator']],
    [{ ...leaf, exists: true }, ['filter has more than one operator: equals, exists']],
    [{ path: 5, equals: 1 }, ['filter.path must be a path']],
    [{ path: '', equals: 1 }, ['filter.path has an empty segment']],
    [{ path: [], equals: 1 }, ['filter.path has an empty segment']],
    [{ path: 'a..b', equals: 1 }, ['filter.path has an empty segment']],
    [{ path: ['a', 0], equals: 1 }, ['filter.path.1 cannot be a number']],
    [{ path: Array(17).fill('a').join('.'), equals: 1 }, ['filter.path has 17 segments']],
    [{ path: Array(17).fill('a'), equals: 1 }, ['filter.path has 17 segments']],
    [{ path: text(1025), equals: 1 }, ['filter.path has 1025 characters']],
    [{ path: [text(1025)], equals: 1 }, ['filter.path.0 has 1025 characters']],
    [{ path: 'a', equals: {} }, ['filter.equals cannot be an object']],
    [{ path: 'a', equals: text(1025) }, ['filter.equals has 1025 characters']],
    [{ path: 'a', in: 'b' }, ['filter.in cannot be a string']],
    [{ path: 'a', in: [] }, ['filter.in is empty']],
    [{ path: 'a', notIn: [1, [2]] }, ['filter.notIn.1 cannot be an array']],
    [{ path: 'a', in: Array(101).fill(0) }, ['filter.in has 101 values']],
    [{ path: 'a', lessThan: null }, ['filter.lessThan cannot be null']],
    [{ path: 'a', exists: 'yes' }, ['filter.exists cannot be a string']],
    [{ path: 'a', startsWith: 1 }, ['filter.startsWith cannot be a number']],
    [{ path: 'a', contains: [1] }, ['filter.contains cannot be an array']],
    [{ all: leaf }, ['filter.all must be an array']],
    [{ any: [] }, ['filter.any is empty']],
    [{ not: [leaf] }, ['filter.not must be a condition or a group']],
    [{ all: [leaf], path: 'a' }, ['filter.path cannot stand beside all']],
    [{ all: [leaf], any: [leaf] }, ['filter.any cannot stand beside all']],
    [
      { any: [leaf, 7, { path: 'b' }] },
      ['filter.any.1 must be a condition or a group', 'filter.any.2 has no operator'],
    ],
    [nest(leaf, 6), ['filter.not.not.not.not.not.not is more than 5 groups deep']],
    [{ all: Array(51).fill(leaf) }, ['filter has 51 conditions']],
    [{ all: Array(6).fill({ any: Array(9).fill(leaf) }) }, ['filter has 54 conditions']],
    [
      JSON.parse('{"__proto__": {"all": []}, "path": "a"}'),
      ['filter.__proto__ is not an operator'],
    ],
    [{ path: 'a', constructor: 1 }, ['filter.constructor is not an operator']],
  ])('refuses %j', async (filter, expected) => {
    expect(await issuesOf(filter)).toEqual(expected)
  })

  test('refuses a filter of any depth and size without going through all of it', async () => {
    expect(await issuesOf(nest(leaf, 5000))).toHaveLength(1)
    expect(await issuesOf({ any: Array(10_000).fill(null) })).toHaveLength(20)
  })

  test('says nothing of the value, which may be a secret', async () => {
    const issues = await fieldIssues(filterSchema, { path: 'a', startsWith: ['hunter2'] })
    expect(JSON.stringify(issues)).not.toContain('hunter2')
  })

  test('makes an OpenAPI document that refers to it by name', () => {
    const body = z
      .object({ filter: filterSchema.nullable().meta({ description: 'Conditions' }).optional() })
      .meta({ id: 'Input' })
    const app = new OpenAPIHono()
    const route = createRoute({
      method: 'post',
      path: '/',
      request: { body: { content: { 'application/json': { schema: body } } } },
      responses: { 204: { description: 'Done' } },
    })
    app.openapi(route, (c) => c.body(null, 204))
    const document = app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: '', version: '' },
    })
    const ref = { $ref: '#/components/schemas/SubscriptionFilter' }
    const schemas = document.components?.schemas
    expect(schemas?.['Input']).toMatchObject({
      properties: { filter: { oneOf: [ref, { type: 'null' }], description: 'Conditions' } },
    })
    const shapes = Object(schemas?.['SubscriptionFilter']).anyOf
    expect(shapes).toHaveLength(14)
    expect(shapes).toContainEqual({
      type: 'object',
      properties: { not: ref },
      required: ['not'],
      additionalProperties: false,
    })
  })

  test('infers the type as it is written', () => {
    const body = z.object({ filter: filterSchema.nullable() })
    expectTypeOf<z.infer<typeof body>>().toEqualTypeOf<{ filter: SubscriptionFilter | null }>()
  })
})

describe('any filter on any data', () => {
  const name = fc.constantFrom('a', 'b', 'c', '0', '1', '__proto__', 'length', 'constructor')
  const value = fc.constantFrom<FilterValue>('', 'a', 'ab', 'b', 0, 1, 2, -1, true, false, null)
  const ordered = fc.constantFrom('', 'a', 'ab', 0, 1, 2)
  const segments = fc.array(name, { minLength: 1, maxLength: 3 })
  const path = fc.oneof(
    segments,
    segments.map((names) => names.join('.')),
  )
  const text = fc.constantFrom('', 'a', 'b')
  const condition: fc.Arbitrary<SubscriptionFilter> = fc.oneof(
    fc.record({ path, equals: value }),
    fc.record({ path, notEquals: value }),
    fc.record({ path, in: fc.array(value, { minLength: 1, maxLength: 3 }) }),
    fc.record({ path, notIn: fc.array(value, { minLength: 1, maxLength: 3 }) }),
    fc.record({ path, greaterThan: ordered }),
    fc.record({ path, greaterOrEqual: ordered }),
    fc.record({ path, lessThan: ordered }),
    fc.record({ path, lessOrEqual: ordered }),
    fc.record({ path, exists: fc.boolean() }),
    fc.record({ path, startsWith: text }),
    fc.record({ path, contains: value }),
  )
  const filterOf = (depth: number): fc.Arbitrary<SubscriptionFilter> => {
    if (depth === 0) return condition
    const members = fc.array(filterOf(depth - 1), { minLength: 1, maxLength: 3 })
    return fc.oneof(
      condition,
      fc.record({ all: members }),
      fc.record({ any: members }),
      fc.record({ not: filterOf(depth - 1) }),
    )
  }
  const filters = filterOf(3)
  const documents = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      value,
      fc.dictionary(name, tie('node'), { maxKeys: 4 }),
      fc.array(tie('node'), { maxLength: 3 }),
    ),
  })).node

  test('agrees with a naive model', () => {
    fc.assert(
      fc.property(filters, documents, (filter, document) => {
        expect(compileFilter(filter)(document)).toBe(model(filter, document))
      }),
      { numRuns: 3000 },
    )
  })

  test('passes the schema unchanged, and its explanation always names a reason', () => {
    fc.assert(
      fc.property(filters, documents, (filter, document) => {
        expect(filterSchema.parse(filter)).toEqual(filter)
        const before = JSON.stringify([filter, document])
        const { matched, conditions } = explainFilter(filter, document)
        expect(matched).toBe(compileFilter(filter)(document))
        expect(conditions).not.toEqual([])
        expect(JSON.stringify([filter, document])).toBe(before)
      }),
      { numRuns: 1000 },
    )
  })

  test('the schema and what it lets through never throw, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.json().map(parse)),
        fc.anything(),
        (input, document) => {
          const result = filterSchema.safeParse(input)
          if (result.success) expect(compileFilter(result.data)(document)).toBeTypeOf('boolean')
        },
      ),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(filters, fc.oneof(fc.anything(), fc.json().map(parse)), (filter, document) => {
        expect(compileFilter(filter)(document)).toBeTypeOf('boolean')
      }),
      { numRuns: 1000 },
    )
  })
})

function parse(text: string): unknown {
  return JSON.parse(text)
}

/** The same rules, said the long way. */
function model(filter: SubscriptionFilter, document: unknown): boolean {
  const rule = new Map<string, unknown>(Object.entries(filter))
  const members = (key: string) => rule.get(key) as SubscriptionFilter[]
  if (rule.has('all'))
    return !members('all')
      .map((each) => model(each, document))
      .includes(false)
  if (rule.has('any'))
    return members('any')
      .map((each) => model(each, document))
      .includes(true)
  if (rule.has('not')) return !model(rule.get('not') as SubscriptionFilter, document)
  const path = rule.get('path')
  const segments = Array.isArray(path) ? path : String(path).split('.')
  let values = [document]
  for (const segment of segments) {
    values = values.flatMap((node) =>
      typeof node === 'object' && node !== null
        ? Object.entries(node).flatMap(([key, child]) => (key === segment ? [child] : []))
        : [],
    )
  }
  const list = (key: string) => rule.get(key) as unknown[]
  const same = (one: unknown) => values.some((each) => each === one)
  const order = (operand: unknown): number | undefined => {
    const [actual] = values
    if (typeof actual === 'number' && typeof operand === 'number') return actual - operand
    if (typeof actual !== 'string' || typeof operand !== 'string') return undefined
    return actual === operand ? 0 : actual > operand ? 1 : -1
  }
  const below = (operand: unknown, test: (sign: number) => boolean) => {
    const sign = order(operand)
    return sign !== undefined && test(sign)
  }
  for (const [operator, operand] of rule) {
    if (operator === 'equals') return same(operand)
    if (operator === 'notEquals') return !same(operand)
    if (operator === 'in') return list('in').some(same)
    if (operator === 'notIn') return !list('notIn').some(same)
    if (operator === 'greaterThan') return below(operand, (sign) => sign > 0)
    if (operator === 'greaterOrEqual') return below(operand, (sign) => sign >= 0)
    if (operator === 'lessThan') return below(operand, (sign) => sign < 0)
    if (operator === 'lessOrEqual') return below(operand, (sign) => sign <= 0)
    if (operator === 'exists') return values.length > 0 === operand
    if (operator === 'startsWith') {
      return values.some((each) => typeof each === 'string' && each.indexOf(String(operand)) === 0)
    }
    if (operator === 'contains') {
      return values.some((each) =>
        typeof each === 'string'
          ? typeof operand === 'string' && each.indexOf(operand) >= 0
          : Array.isArray(each) && each.indexOf(operand) >= 0,
      )
    }
  }
  throw new Error('No operator')
}

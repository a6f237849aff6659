import { z } from '@hono/zod-openapi'

const conditionsMax = 50
const depthMax = 5
const segmentsMax = 16
const listMax = 100
const textMax = 1024
/** Told at once; more would not help the reader. */
const problemsMax = 20

export type FilterValue = string | number | boolean | null

/** Where in `data`: `status.to`, `items.0.id`, or its segments when a name itself holds a dot. */
export type FilterPath = string | string[]

/** What each operator compares with. */
export interface FilterOperands {
  equals: FilterValue
  notEquals: FilterValue
  in: FilterValue[]
  notIn: FilterValue[]
  greaterThan: number | string
  greaterOrEqual: number | string
  lessThan: number | string
  lessOrEqual: number | string
  exists: boolean
  startsWith: string
  contains: FilterValue
}

export type FilterOperator = keyof FilterOperands

/** A path and exactly one operator. */
export type FilterCondition = {
  [Operator in FilterOperator]: { path: FilterPath } & {
    [Key in Operator]: FilterOperands[Operator]
  }
}[FilterOperator]

/** Which events a subscription wants, by their `data`. */
export type SubscriptionFilter =
  | FilterCondition
  | { all: SubscriptionFilter[] }
  | { any: SubscriptionFilter[] }
  | { not: SubscriptionFilter }

const textSchema = z.string().max(textMax)
const valueSchema = z
  .union([textSchema, z.number(), z.boolean(), z.null()])
  .meta({ id: 'FilterValue' })
const listSchema = z.array(valueSchema).min(1).max(listMax)
const orderedSchema = z.union([z.number(), textSchema])
const pathSchema = z.union([textSchema.min(1), z.array(textSchema).min(1).max(segmentsMax)]).meta({
  id: 'FilterPath',
  description: 'Dotted path into `data`, or its segments as an array when a name holds a dot',
  example: 'status.to',
})

const operandSchemas: { [Operator in FilterOperator]: z.ZodType<FilterOperands[Operator]> } = {
  equals: valueSchema,
  notEquals: valueSchema.meta({ description: 'Also holds when there is nothing at the path' }),
  in: listSchema,
  notIn: listSchema.meta({ description: 'Also holds when there is nothing at the path' }),
  greaterThan: orderedSchema,
  greaterOrEqual: orderedSchema,
  lessThan: orderedSchema,
  lessOrEqual: orderedSchema,
  exists: z.boolean().meta({ description: 'Whether there is anything at the path, be it null' }),
  startsWith: textSchema,
  contains: valueSchema.meta({ description: 'A part of a text, or an item of an array' }),
}

/** Every operator, as a filter writes it. */
export const filterOperators = Object.keys(operandSchemas) as FilterOperator[]

/** What an operator must be given, for people. */
const operandNames: Record<FilterOperator, string> = {
  equals: 'a text, a number, true, false or null',
  notEquals: 'a text, a number, true, false or null',
  in: 'an array of texts, numbers, true, false or null',
  notIn: 'an array of texts, numbers, true, false or null',
  greaterThan: 'a number or a text',
  greaterOrEqual: 'a number or a text',
  lessThan: 'a number or a text',
  lessOrEqual: 'a number or a text',
  exists: 'true or false',
  startsWith: 'a text',
  contains: 'a text, a number, true, false or null',
}

/** A filter. Lazy, for a wrapper (`filterSchema.nullable()`) to refer to the named schema, not copy it. */
export const filterSchema: z.ZodType<SubscriptionFilter, SubscriptionFilter> = z.lazy(
  () => namedSchema,
)

/**
 * The union describes a filter; but it would only say that none of fourteen shapes fits, so what is
 * wrong is found first, by hand, and with it the limits that span the whole filter.
 */
const namedSchema = z
  .preprocess(
    (input, context) => {
      for (const { path, message, fix } of findProblems(input)) {
        context.addIssue({ code: 'custom', path, message, params: { fix } })
      }
      return input
    },
    z.union([
      ...filterOperators.map(conditionSchema),
      z.strictObject({ all: groupSchema() }),
      z.strictObject({ any: groupSchema() }),
      z.strictObject({ not: filterSchema }),
    ]),
  )
  .meta({
    id: 'SubscriptionFilter',
    description:
      `Conditions on \`data\`: at most ${conditionsMax}, with \`all\`, \`any\` and \`not\` nested ` +
      `at most ${depthMax} deep`,
    example: {
      all: [
        { path: 'status.to', equals: 'closed' },
        { path: 'cost', greaterThan: 100 },
      ],
    },
  }) as z.ZodType as z.ZodType<SubscriptionFilter, SubscriptionFilter>

function groupSchema() {
  return z.array(filterSchema).min(1).max(conditionsMax)
}

function conditionSchema(operator: FilterOperator): z.ZodType<FilterCondition, FilterCondition> {
  const shape: Record<string, z.ZodType> = {
    path: pathSchema,
    [operator]: operandSchemas[operator],
  }
  return z.strictObject(shape) as z.ZodType as z.ZodType<FilterCondition, FilterCondition>
}

interface Problem {
  path: (string | number)[]
  message: string
  fix: string
}

type Place = Problem['path']

function findProblems(input: unknown): Problem[] {
  const problems = nodeProblems(input, [], 0)
  if (problems.length > 0) return problems.slice(0, problemsMax)
  const conditions = countConditions(input as SubscriptionFilter)
  const fix = `Use at most ${conditionsMax}: in compares with many values at once.`
  return conditions > conditionsMax ? problem([], `has ${conditions} conditions`, fix) : []
}

function countConditions(filter: SubscriptionFilter): number {
  if ('not' in filter) return countConditions(filter.not)
  const members = 'all' in filter ? filter.all : 'any' in filter ? filter.any : undefined
  return members?.reduce((sum, member) => sum + countConditions(member), 0) ?? 1
}

function nodeProblems(node: unknown, place: Place, depth: number): Problem[] {
  if (!isObject(node)) return problem(place, 'must be a condition or a group', shapesFix)
  const keys = Object.keys(node)
  const group = keys.find(isGroup)
  if (group === undefined) return conditionProblems(node, place)
  const inside = [...place, group]
  if (keys.length > 1) {
    return keys
      .filter((key) => key !== group)
      .flatMap((key) =>
        problem([...place, key], `cannot stand beside ${group}`, 'Put both into one all.'),
      )
  }
  if (depth === depthMax) {
    const fix = 'Join groups: all inside all needs only one, and so does any inside any.'
    return problem(inside, `is more than ${depthMax} groups deep`, fix)
  }
  const members = node[group]
  if (group === 'not') return nodeProblems(members, inside, depth + 1)
  if (!Array.isArray(members)) {
    return problem(inside, 'must be an array', `Send { "${group}": [ … ] }.`)
  }
  if (members.length === 0) {
    return problem(inside, 'is empty', 'Put a condition into it, or leave it out.')
  }
  return members.flatMap((member, index) => nodeProblems(member, [...inside, index], depth + 1))
}

function conditionProblems(condition: Record<string, unknown>, place: Place): Problem[] {
  const keys = Object.keys(condition)
  if (keys.length === 0) return problem(place, 'is empty', shapesFix)
  const operators = keys.filter(isOperator)
  const unknown = keys.filter((key) => key !== 'path' && !isOperator(key))
  const problems = unknown.flatMap((key) =>
    problem([...place, key], 'is not an operator', operatorsFix),
  )
  if (operators.length === 0 && unknown.length === 0) {
    problems.push(...problem(place, 'has no operator', operatorsFix))
  }
  if (operators.length > 1) {
    const message = `has more than one operator: ${operators.join(', ')}`
    problems.push(...problem(place, message, 'Make a condition of each and put them into all.'))
  }
  return [
    ...problems,
    ...pathProblems(condition['path'], [...place, 'path']),
    ...operators.flatMap((key) => operandProblems(key, condition[key], [...place, key])),
  ]
}

function pathProblems(path: unknown, place: Place): Problem[] {
  if (path === undefined) return problem(place, 'is required', 'Name a place in data: "status.to".')
  const segments = typeof path === 'string' ? path.split('.') : path
  if (!Array.isArray(segments)) {
    return problem(place, 'must be a path', 'Write "status.to" or ["status", "to"].')
  }
  if (segments.length === 0 || (typeof path === 'string' && segments.includes(''))) {
    const fix = 'Write "status.to"; for a name that is empty or holds a dot, ["a.b", "c"].'
    return problem(place, 'has an empty segment', fix)
  }
  if (segments.length > segmentsMax) {
    const fix = `Use at most ${segmentsMax}.`
    return problem(place, `has ${segments.length} segments`, fix)
  }
  if (typeof path === 'string') {
    return textSchema.safeParse(path).success ? [] : wrongValue(path, place, '')
  }
  return segments.flatMap((segment, index) =>
    textSchema.safeParse(segment).success
      ? []
      : wrongValue(segment, [...place, index], 'Send a text, also for a place in an array: "0".'),
  )
}

function operandProblems(operator: FilterOperator, operand: unknown, place: Place): Problem[] {
  if (operandSchemas[operator].safeParse(operand).success) return []
  if (!Array.isArray(operand) || (operator !== 'in' && operator !== 'notIn')) {
    return wrongValue(operand, place, `Send ${operandNames[operator]}.`)
  }
  if (operand.length === 0) return problem(place, 'is empty', 'List the values to compare with.')
  if (operand.length > listMax) {
    const fix = `Use at most ${listMax}, or several lists inside ${operator === 'in' ? 'any' : 'all'}.`
    return problem(place, `has ${operand.length} values`, fix)
  }
  return operand.flatMap((value, index) =>
    valueSchema.safeParse(value).success
      ? []
      : wrongValue(value, [...place, index], `Send ${operandNames.equals}.`),
  )
}

function wrongValue(value: unknown, place: Place, fix: string): Problem[] {
  return typeof value === 'string' && value.length > textMax
    ? problem(place, `has ${value.length} characters`, `Use at most ${textMax}.`)
    : problem(place, `cannot be ${nameOf(value)}`, fix)
}

function problem(path: Place, message: string, fix: string): Problem[] {
  return [{ path, message, fix }]
}

const operatorsFix = `Use one of ${filterOperators.join(', ')}.`
const shapesFix =
  'Send { "path": "status.to", "equals": "closed" }, { "all": [ … ] }, { "any": [ … ] } or { "not": … }.'

function isGroup(key: string): key is 'all' | 'any' | 'not' {
  return key === 'all' || key === 'any' || key === 'not'
}

function isOperator(key: string): key is FilterOperator {
  return Object.hasOwn(operandSchemas, key)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

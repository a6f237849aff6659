import {
  type FilterCondition,
  type FilterOperands,
  type FilterOperator,
  type FilterPath,
  filterOperators,
  type SubscriptionFilter,
} from './filter-schema.ts'

/** A condition that made a filter come out as it did. */
export interface DecisiveCondition {
  path: FilterPath
  /** Inside `not` the condition is not to hold. */
  operator: FilterOperator | `not ${FilterOperator}`
  expected: unknown
  /** What the path led to; undefined when to nothing. */
  actual: unknown
}

/** What no JSON value is: there was nothing at the path. */
const nothing = Symbol('nothing')

/** Whether `value`, or `nothing`, satisfies the operator. Values of other types never do. */
const operatorTests: {
  [Operator in FilterOperator]: (value: unknown, operand: FilterOperands[Operator]) => boolean
} = {
  equals: (value, operand) => value === operand,
  notEquals: (value, operand) => value !== operand,
  in: (value, operand) => operand.some((item) => item === value),
  notIn: (value, operand) => operand.every((item) => item !== value),
  greaterThan: (value, operand) => isOrdered(value, operand) && value > operand,
  greaterOrEqual: (value, operand) => isOrdered(value, operand) && value >= operand,
  lessThan: (value, operand) => isOrdered(value, operand) && value < operand,
  lessOrEqual: (value, operand) => isOrdered(value, operand) && value <= operand,
  exists: (value, operand) => (value !== nothing) === operand,
  startsWith: (value, operand) => typeof value === 'string' && value.startsWith(operand),
  contains: (value, operand) =>
    typeof value === 'string'
      ? typeof operand === 'string' && value.includes(operand)
      : Array.isArray(value) && value.some((item) => item === operand),
}

/** Makes a filter ready for use. What it returns depends on `data` alone and never throws. */
export function compileFilter(filter: SubscriptionFilter): (data: unknown) => boolean {
  if ('all' in filter) {
    const tests = filter.all.map(compileFilter)
    return (data) => tests.every((test) => test(data))
  }
  if ('any' in filter) {
    const tests = filter.any.map(compileFilter)
    return (data) => tests.some((test) => test(data))
  }
  if ('not' in filter) {
    const test = compileFilter(filter.not)
    return (data) => !test(data)
  }
  return compileCondition(filter)
}

/** Which conditions let `data` match, or keep it from matching: all of them were met, or none. */
export function explainFilter(
  filter: SubscriptionFilter,
  data: unknown,
): { matched: boolean; conditions: DecisiveCondition[] } {
  return { matched: compileFilter(filter)(data), conditions: findDecisive(filter, data, true) }
}

/** Of several members, those that came out as the whole did have decided it. */
function findDecisive(
  filter: SubscriptionFilter,
  data: unknown,
  wanted: boolean,
): DecisiveCondition[] {
  if ('all' in filter || 'any' in filter) {
    const members = 'all' in filter ? filter.all : filter.any
    const result = compileFilter(filter)(data)
    return members
      .filter((member) => compileFilter(member)(data) === result)
      .flatMap((member) => findDecisive(member, data, wanted))
  }
  if ('not' in filter) return findDecisive(filter.not, data, !wanted)
  const operator = operatorOf(filter)
  if (operator === undefined) return []
  const value = valueAt(data, segmentsOf(filter.path))
  return [
    {
      path: filter.path,
      operator: wanted ? operator : `not ${operator}`,
      expected: operandOf(filter, operator),
      actual: value === nothing ? undefined : value,
    },
  ]
}

function compileCondition(condition: FilterCondition): (data: unknown) => boolean {
  const operator = operatorOf(condition)
  // The schema keeps such a filter out; one that came another way matches nothing.
  if (operator === undefined) return () => false
  const segments = segmentsOf(condition.path)
  const operand = operandOf(condition, operator)
  const test = operatorTests[operator] as (value: unknown, operand: unknown) => boolean
  return (data) => test(valueAt(data, segments), operand)
}

function operatorOf(condition: FilterCondition): FilterOperator | undefined {
  return filterOperators.find((operator) => Object.hasOwn(condition, operator))
}

function operandOf(condition: FilterCondition, operator: FilterOperator): unknown {
  return (condition as Partial<FilterOperands>)[operator]
}

function segmentsOf(path: FilterPath): readonly string[] {
  return typeof path === 'string' ? path.split('.') : path
}

/** Goes through own properties only: `__proto__` and `length` lead nowhere. */
function valueAt(data: unknown, segments: readonly string[]): unknown {
  let value = data
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment))
      return nothing
    if (Array.isArray(value) && !/^\d+$/.test(segment)) return nothing
    value = (value as Record<string, unknown>)[segment]
  }
  return value
}

/** Numbers compare with numbers, texts with texts: times in RFC 3339 and UTC come out right. */
function isOrdered<T extends number | string>(value: unknown, operand: T): value is T {
  return typeof value === typeof operand
}

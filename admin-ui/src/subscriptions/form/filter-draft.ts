import type { SubscriptionInput } from '@posthorn/sdk'

export type SubscriptionFilter = NonNullable<SubscriptionInput['filter']>

export const operators = [
  'equals',
  'notEquals',
  'in',
  'notIn',
  'greaterThan',
  'greaterOrEqual',
  'lessThan',
  'lessOrEqual',
  'exists',
  'startsWith',
  'contains',
] as const
export type Operator = (typeof operators)[number]

/** A row of the builder; its value as it is typed. */
export interface ConditionDraft {
  key: string
  path: string
  operator: Operator
  value: string
}

export interface FilterDraft {
  /** Whether it is written as JSON: what rows cannot say. */
  asJson: boolean
  join: 'all' | 'any'
  conditions: ConditionDraft[]
  json: string
}

export const noFilter: FilterDraft = { asJson: false, join: 'all', conditions: [], json: '' }

type Scalar = string | number | boolean | null

/** What is a number, true, false or null is meant as such; in quotes it is a text. */
export function parseScalar(text: string): Scalar {
  const trimmed = text.trim()
  try {
    const value: unknown = JSON.parse(trimmed)
    return value !== null && typeof value === 'object' ? trimmed : (value as Scalar)
  } catch {
    return trimmed
  }
}

/** So that reading it again gives the same. */
export function printScalar(value: Scalar): string {
  if (typeof value !== 'string') return String(value)
  return parseScalar(value) === value ? value : JSON.stringify(value)
}

function parseOperand(operator: Operator, value: string): unknown {
  if (operator === 'in' || operator === 'notIn') {
    return value
      .split(',')
      .filter((item) => item.trim() !== '')
      .map(parseScalar)
  }
  if (operator === 'exists') return value !== 'false'
  return operator === 'startsWith' ? value : parseScalar(value)
}

function toCondition({ path, operator, value }: ConditionDraft): SubscriptionFilter {
  return { path: path.trim(), [operator]: parseOperand(operator, value) } as SubscriptionFilter
}

/** What it says, null for nothing. @throws SyntaxError when it is JSON and not valid */
export function toFilter(draft: FilterDraft): SubscriptionFilter | null {
  if (draft.asJson) {
    return draft.json.trim() === '' ? null : (JSON.parse(draft.json) as SubscriptionFilter)
  }
  const conditions = draft.conditions
    .filter(({ path, value }) => path.trim() !== '' || value.trim() !== '')
    .map(toCondition)
  const [first] = conditions
  if (first === undefined) return null
  if (conditions.length === 1) return first
  return draft.join === 'all' ? { all: conditions } : { any: conditions }
}

/** As rows when rows can say it, as JSON otherwise. */
export function fromFilter(filter: SubscriptionFilter | null): FilterDraft {
  if (filter === null) return noFilter
  const join = 'any' in filter ? 'any' : 'all'
  const members = 'all' in filter ? filter.all : 'any' in filter ? filter.any : [filter]
  const conditions = members.map(fromCondition)
  const simple = conditions.filter((condition) => condition !== undefined)
  const asJson = simple.length < conditions.length
  return {
    asJson,
    join,
    conditions: asJson ? [] : simple,
    json: JSON.stringify(filter, null, 2),
  }
}

function fromCondition(filter: SubscriptionFilter, index: number): ConditionDraft | undefined {
  const operator = operators.find((name) => name in filter)
  if (operator === undefined || !('path' in filter) || typeof filter.path !== 'string') return
  const operand = (filter as Record<string, unknown>)[operator]
  const draft = { key: String(index), path: filter.path, operator, value: printOperand(operand) }
  // Some texts cannot be said in a row: with commas in a list, with spaces around them.
  const same =
    JSON.stringify(toCondition(draft)) ===
    JSON.stringify({ path: filter.path, [operator]: operand })
  return same ? draft : undefined
}

function printOperand(operand: unknown): string {
  if (Array.isArray(operand)) return operand.map((item) => printScalar(item as Scalar)).join(', ')
  return printScalar(operand as Scalar)
}

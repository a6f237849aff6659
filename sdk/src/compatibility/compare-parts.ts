import type { JsonSchema } from '../catalogue/json-schema.ts'
import { isAnything, isSchema } from './alternatives.ts'
import { breaks, fits, type SchemaChange } from './schema-change.ts'

/** Compares two schemas at a path below. */
export type Compare = (path: string, before: unknown, after: unknown) => SchemaChange[]

export function compareObjects(
  path: string,
  before: JsonSchema,
  after: JsonSchema,
  compare: Compare,
): SchemaChange[] {
  const [was, is] = [propertiesOf(before), propertiesOf(after)]
  const [wasOther, isOther] = [before['additionalProperties'], after['additionalProperties']]
  const changes: SchemaChange[] = []
  for (const name of was.keys()) {
    const at = `${path}.${name}`
    if (!is.has(name)) changes.push(breaks(at, 'property_removed', 'was removed'))
    else changes.push(...compare(at, was.get(name), is.get(name)))
  }
  for (const name of is.keys()) {
    if (!was.has(name))
      changes.push(...addition(`${path}.${name}`, wasOther, is.get(name), compare))
  }
  if (wasOther === false && isOther !== false) {
    changes.push(breaks(path, 'opened', 'may have other fields now'))
  } else if (!isAnything(wasOther)) {
    changes.push(...compare(`${path}.*`, wasOther, isOther))
  }
  return [...changes, ...compareRequired(path, before, after)]
}

function addition(at: string, wasOther: unknown, is: unknown, compare: Compare): SchemaChange[] {
  if (wasOther === false) {
    return [breaks(at, 'property_added', 'was added, and other fields were ruled out')]
  }
  const broken = isAnything(wasOther)
    ? []
    : compare(at, wasOther, is).filter(({ breaking }) => breaking)
  return broken.length > 0 ? broken : [fits(at, 'property_added', 'was added')]
}

function compareRequired(path: string, before: JsonSchema, after: JsonSchema): SchemaChange[] {
  const [was, is] = [requiredOf(before), requiredOf(after)]
  const [wasNamed, isNamed] = [propertiesOf(before), propertiesOf(after)]
  const freed = was.filter((name) => !is.includes(name))
  const promised = is.filter((name) => !was.includes(name) && wasNamed.has(name))
  return [
    ...freed
      // Otherwise it was removed, which has been said.
      .filter((name) => isNamed.has(name) || !wasNamed.has(name))
      .map((name) => breaks(`${path}.${name}`, 'optional', 'may be missing now')),
    ...promised.map((name) => fits(`${path}.${name}`, 'required', 'is always there now')),
  ]
}

export function compareArrays(
  path: string,
  before: JsonSchema,
  after: JsonSchema,
  compare: Compare,
): SchemaChange[] {
  const [was, is] = [positionsOf(before), positionsOf(after)]
  if (was.length !== is.length) {
    const message = `names ${is.length} items by position now, was ${was.length}: cannot be judged`
    return [breaks(path, 'unjudged', message)]
  }
  return [
    ...was.flatMap((position, index) => compare(`${path}[${index}]`, position, is[index])),
    ...(isAnything(before['items'])
      ? []
      : compare(`${path}[]`, before['items'], after['items'] ?? true)),
  ]
}

/** A map, because an object has a `constructor` whoever made it. */
function propertiesOf({ properties }: JsonSchema): Map<string, unknown> {
  return new Map(isSchema(properties) ? Object.entries(properties) : [])
}

function requiredOf({ required }: JsonSchema): string[] {
  return Array.isArray(required) ? (required as string[]) : []
}

function positionsOf({ prefixItems }: JsonSchema): unknown[] {
  return Array.isArray(prefixItems) ? prefixItems : []
}

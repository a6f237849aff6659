import type { JsonSchema } from '../catalogue/json-schema.ts'

/** What says nothing about which values are valid. */
const annotations = new Set([
  ...['$schema', '$id', '$comment', '$defs', '$anchor', 'title', 'description', 'examples'],
  ...['default', 'deprecated', 'readOnly', 'writeOnly'],
])

/** References to references end somewhere, or the schema is not one. */
const referencesMax = 32

/**
 * The schemas, without `$ref` and without a choice at their top, of which a value fits at least one. A `oneOf` is read as
 * the choice that it stands for. Undefined when that cannot be said.
 */
export function alternativesOf(
  schema: unknown,
  root: JsonSchema,
  references = 0,
): JsonSchema[] | undefined {
  if (schema === undefined || schema === true) return [{}]
  if (schema === false) return []
  if (!isSchema(schema) || '$dynamicRef' in schema || references > referencesMax) return undefined
  // References below another base lead elsewhere.
  if ('$id' in schema && schema !== root) return undefined
  const { $ref, anyOf, oneOf, ...others } = schema
  const choices = [$ref, anyOf, oneOf].filter((choice) => choice !== undefined)
  if (choices.length === 0) return [schema]
  const branches = $ref === undefined ? (anyOf ?? oneOf) : [targetOf($ref, root)]
  if (choices.length > 1 || !Array.isArray(branches) || !isOnlyType(others)) return undefined
  const alternatives: JsonSchema[] = []
  for (const branch of branches) {
    const found = branch === undefined ? undefined : alternativesOf(branch, root, references + 1)
    if (!found) return undefined
    for (const one of found) {
      const typed = withType(one, others['type'])
      if (!typed) return undefined
      alternatives.push(typed)
    }
  }
  return alternatives
}

/** Whether any value fits it. */
export function isAnything(schema: unknown): boolean {
  if (schema === undefined || schema === true) return true
  return isSchema(schema) && Object.keys(schema).every((keyword) => annotations.has(keyword))
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Beside a choice more than a type is more than this can combine. */
function isOnlyType(schema: JsonSchema): boolean {
  return Object.keys(schema).every((keyword) => keyword === 'type' || annotations.has(keyword))
}

function withType(schema: JsonSchema, type: unknown): JsonSchema | undefined {
  if (type === undefined || isEqual(schema['type'], type)) return schema
  return schema['type'] === undefined ? { ...schema, type } : undefined
}

/** What a JSON Pointer within the same schema (RFC 6901) leads to. */
function targetOf(reference: unknown, root: JsonSchema): unknown {
  if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference)) return undefined
  const steps = decodeURIComponent(reference).split('/').slice(1)
  return steps.reduce<unknown>((value, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? (value as JsonSchema)[name]
      : undefined
  }, root)
}

/** Whether two values of JSON are the same; keys have no order. */
export function isEqual(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other)
}

export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      isSchema(part)
        ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  )
}

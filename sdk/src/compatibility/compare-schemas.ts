import type { JsonSchema } from '../catalogue/json-schema.ts'
import { alternativesOf, canonical, isEqual, isSchema } from './alternatives.ts'
import { compareLimits, isShared } from './compare-limits.ts'
import { compareArrays, compareObjects } from './compare-parts.ts'
import { compareEnums, compareTypes } from './compare-values.ts'
import { breaks, fits, type SchemaChange } from './schema-change.ts'

/** Keywords that are compared as they are written, those that make one statement together. */
const statements = [
  ['allOf'],
  ['not'],
  ['if', 'then', 'else'],
  ['contains', 'minContains', 'maxContains'],
  ['propertyNames'],
  ['dependentRequired'],
  ['dependentSchemas'],
]
/** What these say depends on the keywords beside them. */
const entangled = ['patternProperties', 'unevaluatedProperties', 'unevaluatedItems']

/**
 * What differs between two versions of the JSON Schema (draft 2020-12) of an event type's `data`, for receivers that were
 * written against the version before. They go on working when everything valid now was valid before: producers may
 * promise more, and add fields where others were allowed; they may not take away, widen or loosen. What cannot be judged
 * is `unjudged` and breaking. No changes: the schemas say the same, whatever their texts.
 * @param before null when `data` was not described, so that nothing was promised
 */
export function compareSchemas(before: JsonSchema | null, after: JsonSchema): SchemaChange[] {
  const wasRoot = before ?? {}
  const haveSameDefinitions = isEqual(wasRoot['$defs'], after['$defs'])
  /** Pairs under way: a schema that holds itself is compared once. */
  const open = new Set<string>()

  function compare(path: string, was: unknown, is: unknown): SchemaChange[] {
    const pair = `${canonical(was)} ${canonical(is)}`
    if (open.has(pair)) return []
    open.add(pair)
    const changes = compareChoices(path, was, is)
    open.delete(pair)
    return changes
  }

  /** Whether both say the same in the same words. */
  function isSame(was: unknown, is: unknown): boolean {
    return isEqual(was, is) && (haveSameDefinitions || !refers(is))
  }

  function compareChoices(path: string, was: unknown, is: unknown): SchemaChange[] {
    if (isSame(was, is)) return []
    const before = alternativesOf(was, wasRoot)
    const now = alternativesOf(is, after)
    if (!before || !now) {
      return [breaks(path, 'unjudged', 'changed in a way that cannot be judged')]
    }
    const changes = now.flatMap((one) => closest(path, before, one))
    // Of one of several alternatives, what it leaves out says nothing.
    const told = changes.filter((one) => one.breaking || one.path !== path || now.length === 1)
    return [...new Map(told.map((one) => [canonical(one), one])).values()]
  }

  function closest(path: string, before: JsonSchema[], now: JsonSchema): SchemaChange[] {
    const candidates = before.map((one) => compareOne(path, one, now))
    const rank = (changes: SchemaChange[]) => {
      const breaking = changes.filter((one) => one.breaking)
      // Another type altogether is further away than any number of fields.
      const isOther = breaking.some((one) => one.path === path)
      return (isOther ? 1e6 : 0) + breaking.length * 1e3 + changes.length
    }
    const [best] = candidates.sort((one, other) => rank(one) - rank(other))
    return best ?? [breaks(path, 'type_widened', 'may be there now')]
  }

  function compareOne(path: string, was: JsonSchema, is: JsonSchema): SchemaChange[] {
    const types = compareTypes(path, was, is)
    return [
      ...types,
      // What is wrong with the type is not said a second time.
      ...(types.some((one) => one.breaking) ? [] : compareEnums(path, was, is)),
      ...compareLimits(path, was, is),
      ...(isShared(was, is, 'object') ? compareObjects(path, was, is, compare) : []),
      ...(isShared(was, is, 'array') ? compareArrays(path, was, is, compare) : []),
      ...statements.flatMap((keywords) => compareStatement(path, keywords, was, is)),
      ...compareEntangled(path, was, is),
    ]
  }

  function compareStatement(path: string, keywords: string[], was: JsonSchema, is: JsonSchema) {
    const [old, now] = [pick(was, keywords), pick(is, keywords)]
    if (isSame(old, now)) return []
    const name = keywords[0]
    // One statement more leaves fewer values.
    if (Object.keys(old).length === 0) return [fits(path, 'limit', `has ${name} now`)]
    return [breaks(path, 'unjudged', `has another ${name}, which cannot be judged`)]
  }

  function compareEntangled(path: string, was: JsonSchema, is: JsonSchema): SchemaChange[] {
    const found = entangled.find((keyword) => keyword in was || keyword in is)
    if (!found || isSame(was, is)) return []
    return [breaks(path, 'unjudged', `changed beside ${found}, which cannot be judged`)]
  }

  return compare('data', wasRoot, after)
}

function pick(schema: JsonSchema, keywords: string[]): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => keywords.includes(keyword)),
  )
}

function refers(schema: unknown): boolean {
  return isSchema(schema) && canonical(schema).includes('"$ref":')
}

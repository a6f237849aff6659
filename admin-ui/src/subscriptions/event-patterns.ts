import type { EventType } from '@posthorn/sdk'

export interface TypeGroup {
  entityType: string
  types: EventType[]
  /** Covers all of them and none of another entity type, now; types that come later, too. */
  pattern: string | undefined
}

export function isPattern(text: string): boolean {
  return text.includes('*')
}

/** As the server does: `*` stands for any run of characters, even none. */
export function matchesPattern(pattern: string, name: string): boolean {
  const literal = pattern.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&').replaceAll('\\*', '.*')
  return new RegExp(`^${literal}$`).test(name)
}

/** Null asks for all, as in the API. */
export function isHeard(patterns: readonly string[] | null, name: string): boolean {
  return patterns === null || patterns.some((pattern) => matchesPattern(pattern, name))
}

/** The catalogue as a tree of two levels, by name. */
export function groupByEntityType(types: readonly EventType[]): TypeGroup[] {
  const groups = Map.groupBy(types, ({ entityType }) => entityType)
  return [...groups]
    .map(([entityType, members]) => ({
      entityType,
      types: members,
      pattern: patternOf(entityType, members, types),
    }))
    .sort((a, b) => a.entityType.localeCompare(b.entityType))
}

function patternOf(
  entityType: string,
  members: readonly EventType[],
  all: readonly EventType[],
): string | undefined {
  const pattern = `${entityType}*`
  const covered = all.filter(({ name }) => matchesPattern(pattern, name))
  return covered.length === members.length &&
    covered.every((type) => type.entityType === entityType)
    ? pattern
    : undefined
}

/** The pattern that asks for a type whether it is chosen by itself or not. */
export function coveringPattern(patterns: readonly string[], name: string): string | undefined {
  return patterns.find((pattern) => isPattern(pattern) && matchesPattern(pattern, name))
}

/** Chooses or leaves out types by their names; those that a pattern covers need no name. */
export function withTypes(
  patterns: readonly string[],
  names: readonly string[],
  chosen: boolean,
): string[] {
  const others = patterns.filter((pattern) => !names.includes(pattern))
  if (!chosen) return others
  return [...others, ...names.filter((name) => coveringPattern(others, name) === undefined)]
}

/** Adds a pattern, and takes out the names that it covers. */
export function withPattern(patterns: readonly string[], added: string): string[] {
  const others = patterns.filter(
    (pattern) => pattern !== added && (isPattern(pattern) || !matchesPattern(added, pattern)),
  )
  return [...others, added]
}

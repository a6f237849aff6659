/** `Issue*` for types that begin with the same word, where there are several. */
export function prefixPatterns(names: readonly string[]): { pattern: string; names: number }[] {
  const counts = new Map<string, number>()
  for (const name of names) {
    const prefix = /^(?:[a-z0-9]+[._-]|[A-Z][a-z0-9]+(?=[A-Z_.-]))/.exec(name)?.[0]
    if (prefix) counts.set(prefix, (counts.get(prefix) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([prefix, count]) => ({ pattern: `${prefix}*`, names: count }))
}

/** Which rows are chosen: some by their keys, or all that the filter matches, loaded or not. */
export type Selection = { kind: 'keys'; keys: ReadonlySet<string> } | { kind: 'all' }

export const nothing: Selection = { kind: 'keys', keys: new Set() }

export function isSelected(selection: Selection, key: string): boolean {
  return selection.kind === 'all' || selection.keys.has(key)
}

export function isEmpty(selection: Selection): boolean {
  return selection.kind === 'keys' && selection.keys.size === 0
}

/** Choosing one out of all that match leaves those that are loaded, but it. */
export function toggle(selection: Selection, key: string, loaded: readonly string[]): Selection {
  const keys = new Set(selection.kind === 'all' ? loaded : selection.keys)
  if (!keys.delete(key)) keys.add(key)
  return { kind: 'keys', keys }
}

/** Adds everything between two rows, both included. */
export function extend(
  selection: Selection,
  from: string,
  to: string,
  loaded: readonly string[],
): Selection {
  if (selection.kind === 'all') return selection
  const [first, last] = [loaded.indexOf(from), loaded.indexOf(to)].sort((a, b) => a - b)
  if (first === undefined || last === undefined || first < 0) return toggle(selection, to, loaded)
  return { kind: 'keys', keys: new Set([...selection.keys, ...loaded.slice(first, last + 1)]) }
}

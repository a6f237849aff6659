import { isDeepStrictEqual } from 'node:util'
import { maskHeaders } from '../kernel/mask-headers.ts'

/** A thing as the log tells of it: names as the API has them. */
export type Facts = Readonly<Record<string, unknown>>

export interface Changes {
  before: Facts | null
  after: Facts | null
}

/**
 * What differs between the two, on either side; null for a side that has nothing to tell. A secret that differs is
 * named, never shown, and so is a header that may hold one.
 */
export function changesOf(before: Facts = {}, after: Facts = {}): Changes {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]))
  return { before: tell(before, changed), after: tell(after, changed) }
}

function tell(facts: Facts, names: readonly string[]): Facts | null {
  const told = names
    .filter((name) => facts[name] !== undefined)
    .map((name) => [name, maskSecrets(name, facts[name])])
  return told.length === 0 ? null : Object.fromEntries(told)
}

function maskSecrets(name: string, value: unknown): unknown {
  if (name === 'secret') return '[secret]'
  return name === 'headers' ? maskHeaders(value as Record<string, string>) : value
}

import { z } from '@hono/zod-openapi'

/** The name of an event type, or several at once: `*` stands for any run of characters, even none. */
export const eventTypePatternSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.*-]{1,128}$/, {
    error: 'is not an event type: use up to 128 letters, digits, _ . - and * for any run of them',
  })
  .meta({ example: 'Issue*' })

/** Whether a name is covered by any of the patterns; null covers every name, an empty list none. */
export function compileNamePatterns(patterns: readonly string[] | null): (name: string) => boolean {
  if (patterns === null || patterns.includes('*')) return () => true
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  const wild = patterns.filter((pattern) => pattern.includes('*')).map((p) => p.split('*'))
  return (name) => exact.has(name) || wild.some((parts) => matchesParts(parts, name))
}

/** Patterns in the language of LIKE. */
export function likePatterns(patterns: readonly string[]): string[] {
  return patterns.map((pattern) => pattern.replace(/[\\_%]/g, '\\$&').replaceAll('*', '%'))
}

/**
 * The texts between the stars, each taken where it first occurs: an earlier match leaves more for
 * the rest, so nothing ever has to be tried again.
 */
function matchesParts(parts: readonly string[], name: string): boolean {
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  const end = name.length - last.length
  let at = first.length
  if (!name.startsWith(first) || !name.endsWith(last)) return false
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= end
}

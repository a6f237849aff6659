import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { prettyJson } from './pretty-json.ts'

/** A part of a JSON text, indented, every number as it stands there. Undefined where there is none. */
export function exactPart(json: string, path: string[]): string | undefined {
  const root = parseTree(json)
  const node = root && findNodeAtLocation(root, path)
  return node && prettyJson(json.slice(node.offset, node.offset + node.length))
}

// Not in TypeScript's library yet: https://tc39.es/proposal-json-parse-with-source/
type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown
const exact = JSON as unknown as {
  rawJSON?(text: string): unknown
  parse(text: string, reviver: Reviver): unknown
}

/**
 * A JSON object that `JSON.stringify` writes again as it stood here, also numbers that JavaScript's cannot hold.
 * Undefined when the text is none.
 */
export function parseExactObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseExact(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function parseExact(text: string): unknown {
  return exact.parse(text, (_key, value, context) => {
    const source = context?.source
    const changed = typeof value === 'number' && source !== undefined && String(value) !== source
    return changed && exact.rawJSON ? exact.rawJSON(source) : value
  })
}
